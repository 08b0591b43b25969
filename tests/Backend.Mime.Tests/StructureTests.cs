using CsCheck;

namespace Backend.Mime.Tests;

/// <summary>Mail that is not as it should be. RFC 2046 §5.1; RFC 5322 §2.1.</summary>
public sealed class StructureTests
{
    [Theory]
    [InlineData("no delimiter at the end", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n", "multipart(plain:3 plain:5)")]
    [InlineData("a delimiter as the end", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n", "multipart(plain:3 plain:0)")]
    [InlineData("white space behind the boundary", "Content-Type: multipart/mixed; boundary=b\n\n--b \t\n\none\n--b-- \n", "multipart(plain:3)")]
    [InlineData("one boundary begins another", "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\none\n--bb--\n--b--\n", "multipart(multipart(plain:3))")]
    [InlineData("the outer boundary ends the inner parts", "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--a\n\ntwo\n--a--\n", "multipart(multipart(plain:3) plain:3)")]
    [InlineData("the same boundary twice", "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\none\n--a--\n--a\n\ntwo\n--a--\n", "multipart(multipart(plain:3) plain:3)")]
    [InlineData("parts behind the end", "Content-Type: multipart/mixed; boundary=a\n\n--a\n\none\n--a--\n--a\n\ntwo\n", "multipart(plain:3)")]
    [InlineData("no empty line behind a part's header", "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/html\n--a\n\ntwo\n--a--\n", "multipart(html:0 plain:3)")]
    [InlineData("parts without anything", "Content-Type: multipart/mixed; boundary=a\n\n--a\n--a\n\n--a\n\n\n--a--\n", "multipart(plain:0 plain:0 plain:0)")]
    [InlineData("a delimiter in a header", "Content-Type: multipart/mixed;\n boundary=a\n--a\n\none\n--a--\n", "multipart(plain:0)")]
    [InlineData("a message that ends in its header", "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: message/rfc822\n--a--\n", "multipart(message(plain:0))")]
    [InlineData("a message in a message in a message", "Content-Type: message/rfc822\n\nContent-Type: message/rfc822\n\nContent-Type: message/rfc822\n\n\nx", "message(message(message(plain:1)))")]
    [InlineData("a digest in a message", "Content-Type: message/rfc822\n\nContent-Type: multipart/digest; boundary=a\n\n--a\n\nSubject: x\n\ny\n--a--\n", "message(multipart(message(plain:1)))")]
    [InlineData("a boundary in quotes with spaces", "Content-Type: multipart/mixed; boundary=\"a b\"\n\n--a b\n\none\n--a b--\n", "multipart(plain:3)")]
    [InlineData("a boundary without quotes with an equals sign", "Content-Type: multipart/mixed; boundary=a=b=\n\n--a=b=\n\none\n--a=b=--\n", "multipart(plain:3)")]
    [InlineData("a boundary in two pieces", "Content-Type: multipart/mixed; boundary*0=a; boundary*1=b\n\n--ab\n\none\n--ab--\n", "multipart(plain:3)")]
    [InlineData("a From_ line in front", "From x@y Mon Jan  1 00:00:00 2020\nContent-Type: text/html\n\none\n", "html:5")]
    [InlineData("a line without colon in the header", "garbage\nContent-Type: text/html\n\none\n", "html:5")]
    [InlineData("a byte order mark in front", "\u00EF\u00BB\u00BFContent-Type: text/html\n\none\n", "html:5")]
    [InlineData("two content types", "Content-Type: text/html\nContent-Type: image/png\n\none\n", "html:5")]
    public async Task It_has_a_structure_all_the_same(string what, string message, string expected)
    {
        var octets = Mail.Octets(message);
        var parsed = await Mail.ParseAsync(octets);

        Assert.True(expected == Outline(parsed.BodyStructure.Root), $"{what}: {Outline(parsed.BodyStructure.Root)}");
        Assertions.IsSound(octets, parsed);
    }

    [Theory]
    [InlineData("Content-Type: text/html\n\none\n", "html:4")]
    [InlineData("Content-Type: multipart/mixed; boundary=a\n\n--a\n\none\n--a--\n", "multipart(plain:3)")]
    [InlineData("Content-Type: multipart/mixed; boundary=a\n\n--a\n\none\r\n--a\n\ntwo\n--a--", "multipart(plain:3 plain:3)")]
    [InlineData("Content-Type: text/html\r\rone\r", "html:0")]
    public async Task Lines_end_with_LF_whatever_stands_before_it(string message, string expected)
    {
        var parsed = await Mail.ParseAsIsAsync(message);

        Assert.Equal(expected, Outline(parsed.BodyStructure.Root));
        Assertions.IsSound(Mail.Octets(message, asIs: true), parsed);
    }

    [Fact]
    public void Any_pieces_of_mail_have_a_structure()
        => Gen.OneOf(
            "\r\n", "\n", "\r", "\r\n\r\n", "--a\r\n", "--b\r\n", "--a--\r\n", "--b--\n", "--", "text", " ", "\0", "\u00FF", "\t", ":", ";", "\"", "(", "=?utf-8?q?", "?=",
            "Content-Type: multipart/mixed; boundary=a\r\n", "Content-Type: multipart/digest; boundary=\"b\"\r\n", "Content-Type: message/rfc822\r\n", "Content-Type: text/html; charset=gbk\r\n",
            "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "Subject: ", "From: <", "To: a:b@c;", "Date: 1 Jan ", "Content-Disposition: ", "filename*0*=", "filename*1=x;")
            .Array[0, 60].Select(static pieces => Mail.Octets(string.Concat(pieces), asIs: true))
            .SampleAsync(static async octets => Assertions.IsSound(octets, await Mail.ParseAsync(octets)));

    [Fact]
    public async Task It_makes_no_difference_in_what_pieces_a_message_is_read()
    {
        foreach (var (name, message) in Corpus.Torture())
        {
            var whole = await Mail.ParseAsync(message);
            foreach (var size in (int[])[1, 7, 4096])
            {
                using var stream = new PiecewiseStream(message, size);
                var parsed = await MessageParser.ParseAsync(stream, TestContext.Current.CancellationToken);

                Assert.True(whole.BodyStructure.Encoded.Span.SequenceEqual(parsed.BodyStructure.Encoded.Span), $"{name} by {size}");
                Assert.True(whole.Envelope.Encoded.Span.SequenceEqual(parsed.Envelope.Encoded.Span), $"{name} by {size}");
                Assert.Equal(whole.Layout.Encode(), parsed.Layout.Encode());
                Assert.Equal(whole.Text, parsed.Text);
                Assert.Equal(whole.Preview, parsed.Preview);
            }
        }
    }

    static string Outline(BodyPart part) => part switch
    {
        BodyPart.Multipart multipart => $"multipart({string.Join(' ', multipart.Parts.Select(Outline))})",
        BodyPart.Message message => $"message({Outline(message.Body)})",
        BodyPart.Single single => $"{single.Subtype.ToLowerInvariant()}:{single.Size}",
        _ => "",
    };
}
