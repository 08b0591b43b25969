using Backend.Specification.Tests.Messages;
using static Backend.Abstractions.Search.SearchKey;

namespace Backend.Specification.Tests.Searching;

/// <summary>
/// Searches for text: substrings without regard to case, after decoding, by i;unicode-casemap. RFC 9051 §6.4.4; RFC 5051 §2; RFC 2047;
/// RFC 2045 §6.
/// </summary>
public abstract class SearchTextSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    /// <summary>
    /// RFC 5051 §2: each code point becomes its titlecase of UnicodeData.txt, then its full decomposition. So what has no titlecase
    /// there stays (ß is no SS), accents become marks behind their letter (cafe is in café), and compatibility forms fall together.
    /// </summary>
    [Theory]
    [InlineData("hello WORLD", "HELLO world", true)]
    [InlineData("Straße", "STRAßE", true)]
    [InlineData("Straße", "STRASSE", false)]
    [InlineData("STRASSE", "straße", false)]
    [InlineData("\u1e9e", "ß", false)]
    [InlineData("Ärger", "ärger", true)]
    [InlineData("\u00c4rger", "a\u0308RGER", true)]
    [InlineData("A\u0308rger", "\u00e4rger", true)]
    [InlineData("café", "CAFE", true)]
    [InlineData("cafe", "café", false)]
    [InlineData("ПРИВЕТ", "привет", true)]
    [InlineData("ΣΊΣΥΦΟΣ", "σίσυφος", true)]
    [InlineData("ｈｅｌｌｏ", "Hello", true)]
    [InlineData("ǆungla", "Ǆungla", true)]
    [InlineData("ısparta", "isparta", true)]
    [InlineData("\u0130stanbul", "istanbul", false)]
    [InlineData("\u0130stanbul", "i\u0307stanbul", true)]
    [InlineData("\u212aelvin", "kelvin", true)]
    [InlineData("10 \u212b", "10 å", true)]
    [InlineData("\u00b5m", "\u03bcm", true)]
    [InlineData("①②", "12", true)]
    [InlineData("ﬁn", "ﬁN", true)]
    [InlineData("ﬁn", "fin", false)]
    [InlineData("\U00010428x", "\U00010400X", true)]
    [InlineData("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8", true)]
    [InlineData("日本語テキスト", "本語", true)]
    [InlineData("日本語テキスト", "語本", false)]
    [InlineData("👩‍👩‍👧 family", "👩", true)]
    public virtual async Task Case_is_that_of_unicode_casemap(string text, string needle, bool found)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.With($"Subject: =?utf-8?b?{Convert.ToBase64String(Mail.Text(text))}?=\r\nContent-Type: text/plain; charset=utf-8", text));
        await box.AppendAsync(Mail.With("X-Other: -", "-"));
        Uid[] expected = found ? [uid] : [];

        Assert.Equal(expected, await SearchAsync(box, new Header("Subject", needle)));
        Assert.Equal(expected, await SearchAsync(box, new Body(needle)));
        Assert.Equal(expected, await SearchAsync(box, new Text(needle)));
    }

    [Theory]
    [InlineData("100% sure_thing", "0% S", true)]
    [InlineData("100% sure_thing", "1%e", false)]
    [InlineData("100% sure_thing", "%", true)]
    [InlineData("100 percent", "%", false)]
    [InlineData("100% sure_thing", "E_T", true)]
    [InlineData("sure thing", "e_t", false)]
    [InlineData("no underscore", "_", false)]
    [InlineData(@"C:\temp\new", @"p\n", true)]
    [InlineData(@"C:\temp\new", @"\\", false)]
    [InlineData("it's \"quoted\"", "'S \"Q", true)]
    [InlineData("a*b?c[d]e", "*B?C[D]", true)]
    [InlineData("axbyc", "a*b?c", false)]
    [InlineData("a[bc]d", "a[b", true)]
    [InlineData("abd", "a[b]d", false)]
    [InlineData("NEAR AND OR NOT", "and or", true)]
    [InlineData("semi; colon -- dash", "; colon --", true)]
    [InlineData("two  spaces", "o  s", true)]
    [InlineData("two  spaces", "o s", false)]
    public virtual async Task Every_sign_stands_for_itself(string text, string needle, bool found)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.Of(text, text));
        Uid[] expected = found ? [uid] : [];

        Assert.Equal(expected, await SearchAsync(box, new Header("Subject", needle)));
        Assert.Equal(expected, await SearchAsync(box, new Body(needle)));
    }

    /// <summary>PITFALLS 1.6: a full-text engine that matches words would find only some of these.</summary>
    [Theory]
    [InlineData("q")]
    [InlineData("ui")]
    [InlineData("uick")]
    [InlineData("k b")]
    [InlineData("wn fox jumps ov")]
    [InlineData("the quick brown fox jumps over the lazy dog")]
    [InlineData(".")]
    public virtual async Task A_substring_can_begin_and_end_anywhere(string needle)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.Of("Pangram", "The quick brown fox jumps over the lazy dog."));
        await box.AppendAsync(Mail.With("Subject: x", "An"));

        Assert.Equal([uid], await SearchAsync(box, new Body(needle)));
    }

    [Fact]
    public virtual async Task Every_message_has_the_empty_text()
    {
        var box = await InboxAsync();
        Uid[] uids = [await box.AppendAsync("With a subject"), await box.AppendAsync([]), await box.AppendAsync(Mail.Text("\0"))];

        Assert.Equal(uids, await SearchAsync(box, new Body("")));
        Assert.Equal(uids, await SearchAsync(box, new Text("")));
        Assert.Empty(await SearchAsync(box, new Not(new Text(""))));
    }

    [Theory]
    [InlineData("=?utf-8?q?Gr=C3=BC=C3=9Fe_aus?=", "grüße aus")]
    [InlineData("=?UTF-8?B?R3LDvMOfZSBhdXMgS8O2bG4=?=", "AUS KÖLN")]
    [InlineData("=?iso-8859-1?Q?Gr=FC=DFe?=", "grüße")]
    [InlineData("=?iso-8859-1*de?Q?Gr=FC=DFe?=", "grüße")]
    [InlineData("=?utf-8?q?Gr=C3=BC?= =?utf-8?q?=C3=9Fe?=", "grüße")]
    [InlineData("=?utf-8?q?Gr=C3=BC?=\r\n =?iso-8859-1?b?32U=?=", "grüße")]
    [InlineData("Re: =?utf-8?q?=C3=BCber?= uns", "re: über uns")]
    [InlineData("one\r\n two\r\n\tthree", "one two\tthree")]
    [InlineData("Grüße in raw UTF-8", "GRÜßE IN RAW")]
    [InlineData("=?koi8-r?b?8NLJ18XU?=", "привет")]
    [InlineData("=?windows-1251?b?z/Do4uXy?=", "привет")]
    [InlineData("=?iso-2022-jp?b?GyRCRnxLXDhsGyhC?=", "日本語")]
    [InlineData("=?shift_jis?b?k/qWe4zq?=", "日本語")]
    [InlineData("=?euc-jp?b?xvzL3Ljs?=", "本語")]
    [InlineData("=?gb18030?b?xOO6w8rAvec=?=", "你好世界")]
    [InlineData("=?gb2312?b?xOO6ww==?=", "你好")]
    [InlineData("=?big5?b?wWPF6Q==?=", "繁體")]
    [InlineData("=?euc-kr?b?vsiz5w==?=", "안녕")]
    [InlineData("=?iso-8859-7?b?yuHr5+zd8eE=?=", "καλημέρα")]
    [InlineData("=?iso-8859-2?b?o/NkvA==?=", "łódź")]
    [InlineData("=?windows-1252?b?R3L232UggA==?=", "größe €")]
    [InlineData("=?iso-8859-15?b?MTAgpA==?=", "10 €")]
    [InlineData("=?windows-1255?b?+ezl7Q==?=", "שלום")]
    public virtual async Task A_header_is_searched_decoded_and_unfolded(string subject, string needle)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.With($"Subject: {subject}\r\nX-Other: =?utf-8?b?{Convert.ToBase64String(Mail.Text(needle))}?="));
        await box.AppendAsync("Plain");

        Assert.Equal([uid], await SearchAsync(box, new Header("Subject", needle)));
        Assert.Equal([uid], await SearchAsync(box, new Header("X-Other", needle)));
        Assert.Equal([uid], await SearchAsync(box, new Text(needle)));
    }

    [Theory]
    [InlineData("text/plain; charset=utf-8", "8bit", "Grüße aus Köln", "GRÜßE AUS")]
    [InlineData("text/plain; charset=utf-8", "quoted-printable", "Gr=C3=BC=\r\n=C3=9Fe aus K=C3=B6ln", "grüße aus köln")]
    [InlineData("text/plain; charset=utf-8", "base64", "R3LDvMOf\r\nZSBhdXMg\r\nS8O2bG4=", "grüße aus köln")]
    [InlineData("text/plain; charset=\"UTF-8\"", "BASE64", "R3LDvMOfZSBhdXMgS8O2bG4=", "grüße aus köln")]
    [InlineData("text/plain; charset=iso-8859-1", "quoted-printable", "Gr=FC=DFe", "grüße")]
    [InlineData("text/plain; charset=iso-8859-1", "base64", "R3L832U=", "grüße")]
    [InlineData("text/plain; charset=koi8-r", "base64", "8NLJ18XU", "ПРИВЕТ")]
    [InlineData("text/plain; charset=windows-1251", "base64", "z/Do4uXy", "привет")]
    [InlineData("text/plain; charset=iso-2022-jp", "base64", "GyRCRnxLXDhsGyhC", "日本語")]
    [InlineData("text/plain; charset=shift_jis", "base64", "k/qWe4zq", "本")]
    [InlineData("text/plain; charset=gb18030", "base64", "xOO6w8rAvec=", "世界")]
    [InlineData("text/plain; charset=utf-16", "base64", "//5HAHIA/ADfAGUA", "grüße")]
    [InlineData("text/plain; charset=utf-16be", "base64", "AEcAcgD8AN8AZQ==", "grüße")]
    [InlineData("text/plain", "7bit", "plain words", "N WOR")]
    [InlineData("text/html; charset=utf-8", "quoted-printable", "<p>inner <b>words</b> of HTML=C3=BC</p>", "of htmlü")]
    [InlineData("text/calendar; charset=utf-8", "8bit", "SUMMARY:Treffen übermorgen", "treffen über")]
    [InlineData("text/plain; charset=nonsense", "7bit", "still ascii", "still asc")]
    public virtual async Task A_body_is_searched_decoded(string contentType, string encoding, string body, string needle)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.With($"Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: {contentType}\r\nContent-Transfer-Encoding: {encoding}", body));
        await box.AppendAsync("Plain");

        Assert.Equal([uid], await SearchAsync(box, new Body(needle)));
        Assert.Equal([uid], await SearchAsync(box, new Text(needle)));
        Assert.Empty(await SearchAsync(box, new Header("Subject", needle)));
    }

    [Theory]
    [InlineData("zweite zeile")]
    [InlineData("GRÜßE")]
    [InlineData("plain inner")]
    [InlineData("<p>inner")]
    public virtual async Task Every_text_part_at_any_depth_is_searched(string needle)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(NestedMessage.Octets);

        Assert.Equal([uid], await SearchAsync(box, new Body(needle)));
        Assert.Equal([uid], await SearchAsync(box, new Text(needle)));
    }

    [Fact]
    public virtual async Task The_body_is_not_the_header_and_text_is_both()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.Of("Top words", "Bottom words"));

        Assert.Empty(await SearchAsync(box, new Body("top")));
        Assert.Empty(await SearchAsync(box, new Body("alice@example.org")));
        Assert.Empty(await SearchAsync(box, new Header("Subject", "bottom")));
        Assert.Equal([uid], await SearchAsync(box, new Text("top words")));
        Assert.Equal([uid], await SearchAsync(box, new Text("bottom words")));
        Assert.Equal([uid], await SearchAsync(box, new Text("ALICE@example.org")));
        Assert.Equal([uid], await SearchAsync(box, new Text("message-id")));
    }

    [Theory]
    [InlineData("before\0behind", "behind")]
    [InlineData("before\u0001\u001b[0mbehind", "behind")]
    [InlineData("\ufeffbehind", "behind")]
    public virtual async Task Control_characters_hide_nothing(string body, string needle)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.With("Subject: x\r\nContent-Type: text/plain; charset=utf-8", body));

        Assert.Equal([uid], await SearchAsync(box, new Body(needle)));
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(1_000_000)]
    public virtual async Task The_end_of_a_long_text_is_searched_too(int length)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.Of("Long", string.Concat(Enumerable.Repeat("Lorem ipsum dolor sit amet.\r\n", length / 29)) + "The very End"));

        Assert.Equal([uid], await SearchAsync(box, new Body("VERY END")));
        Assert.Empty(await SearchAsync(box, new Body("very ends")));
    }

    [Fact]
    public virtual async Task A_long_needle_is_compared_to_its_end()
    {
        var box = await InboxAsync();
        var text = string.Concat(Enumerable.Range(0, 300).Select(static i => $"word{i} "));
        var uid = await box.AppendAsync(Mail.Of("Long", text));

        Assert.Equal([uid], await SearchAsync(box, new Body(text.TrimEnd().ToUpperInvariant())));
        Assert.Empty(await SearchAsync(box, new Body(text + "more")));
    }

    [Fact]
    public virtual async Task Texts_combine_with_each_other_and_with_flags()
    {
        var box = await InboxAsync();
        var first = await box.AppendAsync(Mail.Of("Apples", "and pears"), Flag.Seen);
        var second = await box.AppendAsync(Mail.Of("Apples", "and plums"));
        var third = await box.AppendAsync(Mail.Of("Cherries", "and pears"));

        Assert.Equal([first], await SearchAsync(box, new And(new Header("Subject", "apples"), new Body("pears"))));
        Assert.Equal([first, second, third], await SearchAsync(box, new Or(new Header("Subject", "apples"), new Body("pears"))));
        Assert.Equal([second], await SearchAsync(box, new And(new Text("apples"), new Not(new Body("pears")))));
        Assert.Equal([third], await SearchAsync(box, new Not(new Or(new HasFlag(Flag.Seen), new Body("plums")))));
        Assert.Empty(await SearchAsync(box, new And(new Body("pears"), new Body("plums"))));
    }
}
