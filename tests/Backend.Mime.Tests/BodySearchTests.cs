using System.Text;

namespace Backend.Mime.Tests;

/// <summary>Looking into the message itself gives what looking into its folded texts gives. RFC 9051 §6.4.4.</summary>
public sealed class BodySearchTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("FIRST", true)]
    [InlineData("FIRST\r\nLINE", true)]
    [InlineData("LINE\nSECOND", false)]
    [InlineData("LINE\r\n\r\nSECOND", true)]
    [InlineData("GRU\u0308N", true)]
    [InlineData("INNER", true)]
    [InlineData("OUTER", false)]
    [InlineData("first", false)]
    public async Task A_folded_text_is_found_in_the_body(string needle, bool expected)
    {
        var octets = Mail.Octets("Subject: outer\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nfirst\nline\n\n--b\nContent-Type: message/rfc822\n\nsecond: inner\n\ngr\u00C3\u00BCn\n--b--\n");
        using var stream = new MemoryStream(octets);

        Assert.Equal(expected, await BodySearch.ContainsAsync(stream, withHeader: false, needle, TestContext.Current.CancellationToken));
        Assert.Equal(expected, (await Mail.ParseAsync(octets)).Text.Body.Contains(needle, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_is_found_wherever_it_is_cut_into_pieces()
    {
        const string Needle = "a needle of some length, with gr\u00C3\u00BCn in it";
        var folded = CaseMap.Fold(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Needle)));
        for (var before = 8192 - 60; before < 8192 + 20; before++)
        {
            using var stream = new MemoryStream(Mail.Octets("\n" + new string('x', before) + Needle + new string('x', 20_000)));

            Assert.True(await BodySearch.ContainsAsync(stream, withHeader: false, folded, TestContext.Current.CancellationToken), $"behind {before}");
        }
    }

    [Fact]
    public async Task Reading_ends_where_the_text_is_found()
    {
        using var stream = new MemoryStream(Mail.Octets("Subject: found\n\n" + new string('x', 1_000_000)));

        Assert.True(await BodySearch.ContainsAsync(stream, withHeader: true, "FOUND", TestContext.Current.CancellationToken));
        Assert.InRange(stream.Position, 0, 100_000);
    }

    [Fact]
    public async Task In_real_mail_it_finds_what_the_texts_hold_and_nothing_else()
    {
        foreach (var (name, message) in Corpus.Torture())
        {
            var text = (await Mail.ParseAsync(message)).Text;
            foreach (var needle in Needles(text.Body).Concat(Needles(text.PartHeader)).Append("NO MAIL HAS THIS"))
            {
                using var stream = new MemoryStream(message);
                var isInBody = await BodySearch.ContainsAsync(stream, withHeader: false, needle, TestContext.Current.CancellationToken);
                var isAnywhere = await BodySearch.ContainsAsync(stream, withHeader: true, needle, TestContext.Current.CancellationToken);

                Assert.True(isInBody == Contains(text.Body, needle), $"{name}: {needle}");
                Assert.True(isAnywhere == (Contains(text.Body, needle) || Contains(text.PartHeader, needle) || Contains(text.Header, needle)), $"{name}: {needle}");
            }
        }
    }

    // The beginning, the middle and the end of a text.
    static IEnumerable<string> Needles(string text) =>
        text.Length < 12 ? [] : [text[..12], text.Substring(text.Length / 2, Math.Min(text.Length / 2, 40)), text[^12..]];

    static bool Contains(string text, string needle) => text.Contains(needle, StringComparison.Ordinal);
}
