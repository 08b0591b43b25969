using System.Text;

namespace Backend.Mime.Tests;

/// <summary>The texts that SEARCH looks into. RFC 9051 §6.4.4; RFC 2045 §6; RFC 2047; RFC 2231.</summary>
public sealed class FoldedTextTests
{
    [Fact]
    public async Task Each_field_of_the_header_is_a_line()
    {
        var text = (await Mail.ParseAsync("Subject: =?utf-8?q?gr=C3=BCn?=\n =?utf-8?b?IGJsYXU=?=\nX-A :  one\n\ttwo \nfrom a line\nTo:\n\nbody\n")).Text;

        Assert.Equal("\nSUBJECT:GRU\u0308N BLAU\nX-A:ONE\tTWO\n:FROM A LINE\nTO:\n", text.Header);
        Assert.Equal("GRU\u0308N BLAU", text.Subject);
        Assert.True(text.IsComplete);
    }

    [Fact]
    public async Task Without_a_header_there_is_only_the_first_line_feed()
        => Assert.Equal("\n", (await Mail.ParseAsync("\nbody\n")).Text.Header);

    [Fact]
    public async Task Fields_of_one_name_are_joined()
    {
        var text = (await Mail.ParseAsync("From: a@b\nTo: c@d\nFrom: \"E, F\" <e@f>\ncc: g\nTO: h\n\n")).Text;

        Assert.Equal("A@B\n\"E, F\" <E@F>", text.From);
        Assert.Equal("C@D\nH", text.To);
        Assert.Equal("G", text.Cc);
        Assert.Equal("", text.Subject);
    }

    [Fact]
    public async Task A_line_end_that_was_encoded_makes_no_new_line()
        => Assert.Equal("\nSUBJECT:A X-FAKE: B\n", (await Mail.ParseAsync("Subject: =?utf-8?q?a=0D=0AX-Fake:_b?=\n\n")).Text.Header);

    [Theory]
    [InlineData("us-ascii", "7bit", "hello", "HELLO")]
    [InlineData("utf-8", "8bit", "gr\u00C3\u00BCn", "GRU\u0308N")]
    [InlineData("iso-8859-1", "8bit", "gr\u00FCn \u0080", "GRU\u0308N €")]
    [InlineData("iso-8859-15", "8bit", "\u00A4", "€")]
    [InlineData("us-ascii", "8bit", "gr\u00FCn", "GRU\u0308N")]
    [InlineData("x-unheard-of", "8bit", "gr\u00FCn gr\u00C3\u00BCn", "GRU\u0308N GRU\u0308N")]
    [InlineData("utf-8", "8bit", "a\u00FFb", "AY\u0308B")]
    [InlineData("utf-8", "quoted-printable", "gr=C3=BC=\nn=20x", "GRU\u0308N X")]
    [InlineData("utf-8", "base64", "Z3LD\nvG4=", "GRU\u0308N")]
    [InlineData("utf-8", "BASE64", "Z3LDvG4", "GRU\u0308N")]
    [InlineData("koi8-r", "8bit", "\u00F0\u00D2\u00C9\u00D7\u00C5\u00D4", "ПРИВЕТ")]
    [InlineData("iso-2022-jp", "7bit", "\u001b$BF|K\\8l\u001b(B", "日本語")]
    [InlineData("gb2312", "base64", "xOO6ww==", "你好")]
    [InlineData("shift_jis", "base64", "k/qWe4zq", "日本語")]
    [InlineData("euc-kr", "base64", "x9GxuQ==", "\u1112\u1161\u11AB\u1100\u116E\u11A8")]
    [InlineData("windows-1251", "quoted-printable", "=CF=F0=E8=E2=E5=F2", "ПРИВЕТ")]
    [InlineData("utf-16be", "base64", "AGEA/ABi", "AU\u0308B")]
    [InlineData("utf-7", "7bit", "plain", "PLAIN")]
    [InlineData("utf-8", "x-uuencode", "begin 644 x\n#8VET\n`\nend", "CIT")]
    public async Task A_body_is_decoded(string charset, string encoding, string body, string expected)
    {
        var message = await Mail.ParseAsync($"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n{body}\n");

        Assert.Equal(expected, message.Text.Body.TrimEnd());
    }

    [Fact]
    public async Task All_texts_of_the_body_are_there_and_the_parts_fields_apart()
    {
        var text = (await Mail.ParseAsync("""
            Subject: outer
            Content-Type: multipart/mixed; boundary=b

            preamble
            --b

            first
            --b
            Content-Type: text/html
            Content-Disposition: attachment; filename*=utf-8''gr%C3%BCn.html

            <b>second</b>
            --b
            Content-Type: image/png

            third
            --b
            Content-Type: message/rfc822

            Subject: inner
            X-Y: z

            fourth
            --b--
            epilogue

            """)).Text;

        Assert.Equal("FIRST\r\n<B>SECOND</B>\r\nSUBJECT:INNER\nX-Y:Z\nFOURTH\r\n", text.Body);
        Assert.Equal("\nSUBJECT:OUTER\nCONTENT-TYPE:MULTIPART/MIXED; BOUNDARY=B\n", text.Header);
        Assert.Equal(
            "\nCONTENT-TYPE:TEXT/HTML\nCONTENT-DISPOSITION:ATTACHMENT; FILENAME*=UTF-8''GR%C3%BCN.HTML GRU\u0308N.HTML\n"
            + "CONTENT-TYPE:IMAGE/PNG\nCONTENT-TYPE:MESSAGE/RFC822\n",
            text.PartHeader);
    }

    [Fact]
    public async Task What_cannot_be_parted_is_text_all_the_same()
        => Assert.Equal("--B\r\n\r\nWORDS\r\n", (await Mail.ParseAsync("Content-Type: multipart/mixed\n\n--b\n\nwords\n")).Text.Body);

    [Fact]
    public async Task NULs_are_replaced()
    {
        var text = (await Mail.ParseAsync("Subject: a\0b\n\nc\0d\n")).Text;

        Assert.Equal("AB", text.Subject);
        Assert.Equal("C\uFFFDD\r\n", text.Body);
    }

    [Fact]
    public async Task A_text_that_is_cut_says_so_and_ends_with_a_whole_character()
    {
        var body = new StringBuilder("Content-Type: text/plain; charset=utf-8\n\nx");
        body.Insert(body.Length, Encoding.Latin1.GetString("\U0001F600"u8), 600_000);

        var text = (await Mail.ParseAsync(body.ToString())).Text;

        Assert.False(text.IsComplete);
        Assert.Equal(FoldedText.MaxBodyLength - 1, text.Body.Length);
        Assert.EndsWith("\U0001F600", text.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_of_just_the_most_characters_is_whole()
    {
        var text = (await Mail.ParseAsync("\n" + new string('x', FoldedText.MaxBodyLength))).Text;

        Assert.True(text.IsComplete);
        Assert.Equal(FoldedText.MaxBodyLength, text.Body.Length);
    }

    [Fact]
    public async Task A_header_that_is_cut_says_so()
    {
        var text = (await Mail.ParseAsync(string.Concat(Enumerable.Range(0, 100_000).Select(static i => $"X-{i}: 0123456789\n")) + "\n")).Text;

        Assert.False(text.IsComplete);
        Assert.InRange(text.Header.Length, FoldedText.MaxHeaderLength - 20, FoldedText.MaxHeaderLength);
        Assert.EndsWith(":0123456789\n", text.Header, StringComparison.Ordinal);
    }
}
