namespace Backend.Mime.Tests;

/// <summary>BODYSTRUCTURE, octet by octet. RFC 9051 §7.5.2, §9 (body).</summary>
public sealed class BodyStructureTests
{
    const string NoExtension = "NIL NIL NIL NIL";

    [Theory]
    [InlineData("\nhello\n", $"(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 7 1 {NoExtension})")]
    [InlineData("", $"(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 0 0 {NoExtension})")]
    [InlineData("Subject: only a header\n", $"(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 0 0 {NoExtension})")]
    [InlineData("\nno line end", $"(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 11 0 {NoExtension})")]
    [InlineData("Content-Type: text/html; charset=UTF-8\nContent-Transfer-Encoding: quoted-printable\n\na\nb\n", $"(\"TEXT\" \"HTML\" (\"charset\" \"UTF-8\") NIL NIL \"QUOTED-PRINTABLE\" 6 2 {NoExtension})")]
    [InlineData("Content-Type: image/png; name=\"a b.png\"\nContent-Transfer-Encoding: base64\nContent-ID: <x@y>\nContent-Description: A\n picture\nContent-MD5: Q2hlY2s=\n\nAAAA", "(\"IMAGE\" \"PNG\" (\"name\" \"a b.png\") \"<x@y>\" \"A picture\" \"BASE64\" 4 \"Q2hlY2s=\" NIL NIL NIL)")]
    [InlineData("Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt; size=3\nContent-Language: en, de-AT\nContent-Location: http://x/y\n\nabc", "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 3 0 NIL (\"attachment\" (\"filename\" \"a.txt\" \"size\" \"3\")) (\"en\" \"de-AT\") \"http://x/y\")")]
    [InlineData("Content-Type: text/plain\nContent-Disposition: inline\n\n", "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 0 0 NIL (\"inline\" NIL) NIL NIL)")]
    [InlineData("Content-Disposition: ; filename=x\nContent-Language: ,\n\n", $"(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 0 0 {NoExtension})")]
    [InlineData("Content-Type: text/plain; charset=us-ascii (Plain text)\nContent-Transfer-Encoding: 8bit (really)\n\n", $"(\"TEXT\" \"PLAIN\" (\"charset\" \"us-ascii\") NIL NIL \"8BIT\" 0 0 {NoExtension})")]
    [InlineData("Content-Type: application/x; name*0=one; name*1=\" two\"; name*2=.bin\n\n", $"(\"APPLICATION\" \"X\" (\"name\" \"one two.bin\") NIL NIL \"7BIT\" 0 {NoExtension})")]
    [InlineData("Content-Type: application/x; name*0*=utf-8''%e2%82%ac; name*1=\" 5\"\n\n", $"(\"APPLICATION\" \"X\" (\"name*\" \"utf-8''%e2%82%ac%205\") NIL NIL \"7BIT\" 0 {NoExtension})")]
    [InlineData("Content-Type: application/x; name*=utf-8'en'%41; a=1; A=2\n\n", $"(\"APPLICATION\" \"X\" (\"name*\" \"utf-8'en'%41\" \"a\" \"1\") NIL NIL \"7BIT\" 0 {NoExtension})")]
    [InlineData("Content-Type: application/x; name=My file (1).pdf; x=y\n\n", $"(\"APPLICATION\" \"X\" (\"name\" \"My file\" \"x\" \"y\") NIL NIL \"7BIT\" 0 {NoExtension})")]
    [InlineData("Content-Type: text/plain charset=utf-8 format=flowed\n\n", $"(\"TEXT\" \"PLAIN\" (\"charset\" \"utf-8\" \"format\" \"flowed\") NIL NIL \"7BIT\" 0 0 {NoExtension})")]
    [InlineData("Content-Type: text\n\n", $"(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 0 0 {NoExtension})")]
    [InlineData("Content-Type: nonsense\n\n", $"(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 0 0 {NoExtension})")]
    [InlineData("Content-Type: \n\n", $"(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 0 0 {NoExtension})")]
    [InlineData("Content-Type: application/x; name=\"gr\u00FCn\"\n\n", $"(\"APPLICATION\" \"X\" (\"name\" {{4}}\r\ngr\u00FCn) NIL NIL \"7BIT\" 0 {NoExtension})")]
    [InlineData("Content-Type: application/x; name=\"a\\\"b\\\\c\"; n=\"unended\n\n", $"(\"APPLICATION\" \"X\" (\"name\" \"a\\\"b\\\\c\" \"n\" \"unended\") NIL NIL \"7BIT\" 0 {NoExtension})")]
    [InlineData("Content-Type: message/delivery-status\n\nx", $"(\"MESSAGE\" \"DELIVERY-STATUS\" NIL NIL NIL \"7BIT\" 1 {NoExtension})")]
    public async Task A_part_by_itself(string message, string expected)
        => Assert.Equal(expected, Mail.Text((await Mail.ParseAsync(message)).BodyStructure.Encoded.Span));

    [Fact]
    public async Task A_multipart_with_a_message_in_it()
    {
        var message = await Mail.ParseAsync("""
            Content-Type: multipart/mixed; boundary="=_b"
            Content-Language: en

            preamble
            --=_b

            first
            --=_b
            Content-Type: message/rfc822
            Content-Disposition: inline; filename="m.eml"

            Subject: inner
            From: a@b
            Content-Type: text/html

            <p>
            inner
            --=_b--
            epilogue
            """);

        Assert.Equal(
            "((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 5 0 NIL NIL NIL NIL)"
            + "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 64 "
            + "(NIL \"inner\" ((NIL NIL \"a\" \"b\")) ((NIL NIL \"a\" \"b\")) ((NIL NIL \"a\" \"b\")) NIL NIL NIL NIL NIL) "
            + "(\"TEXT\" \"HTML\" NIL NIL NIL \"7BIT\" 10 1 NIL NIL NIL NIL) "
            + "5 NIL (\"inline\" (\"filename\" \"m.eml\")) NIL NIL) \"MIXED\" (\"boundary\" \"=_b\") NIL (\"en\") NIL)",
            Mail.Text(message.BodyStructure.Encoded.Span));
    }

    [Theory]
    [InlineData("Content-Type: multipart/mixed\n\nno boundary at all\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=\"\"\n\n--\n\nx\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\nno part\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b--\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=b")]
    public async Task A_multipart_without_parts_has_an_empty_one(string message)
    {
        var root = Assert.IsType<BodyPart.Multipart>((await Mail.ParseAsync(message)).BodyStructure.Root);

        var part = Assert.IsType<BodyPart.Text>(Assert.Single(root.Parts));
        Assert.Equal(0, part.Size);
        Assert.Equal("PLAIN", part.Subtype);
    }

    [Fact]
    public async Task In_a_digest_a_part_is_a_message_unless_it_says_otherwise()
    {
        var message = await Mail.ParseAsync("""
            Content-Type: multipart/digest; boundary=b

            --b

            Subject: one

            text
            --b
            Content-Type: text/plain

            two
            --b--

            """);

        var root = Assert.IsType<BodyPart.Multipart>(message.BodyStructure.Root);
        Assert.Equal("one", Assert.IsType<BodyPart.Message>(root.Parts[0]).Envelope.Subject);
        Assert.IsType<BodyPart.Text>(root.Parts[1]);
    }

    [Theory]
    [InlineData("base64", "BASE64")]
    [InlineData("Quoted-Printable", "QUOTED-PRINTABLE")]
    public async Task An_encoded_message_is_one_without_header_whose_body_is_all_of_it(string encoding, string name)
    {
        var message = await Mail.ParseAsync($"Content-Type: message/rfc822\nContent-Transfer-Encoding: {encoding}\n\nU3ViamVjdDogeA0K\nDQo=\n");

        Assert.Equal(
            $"(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"{name}\" 24 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) "
            + $"(\"APPLICATION\" \"OCTET-STREAM\" NIL NIL NIL \"{name}\" 24 NIL NIL NIL NIL) 2 NIL NIL NIL NIL)",
            Mail.Text(message.BodyStructure.Encoded.Span));
    }

    [Fact]
    public async Task An_internationalized_message_is_a_message_too()
    {
        var message = await Mail.ParseAsync("Content-Type: message/global\n\nSubject: x\n\n");

        Assert.Equal("x", Assert.IsType<BodyPart.Message>(message.BodyStructure.Root).Envelope.Subject);
    }
}
