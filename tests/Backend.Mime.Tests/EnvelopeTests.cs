namespace Backend.Mime.Tests;

/// <summary>ENVELOPE, octet by octet. RFC 9051 §7.5.2, §9 (envelope).</summary>
public sealed class EnvelopeTests
{
    const string Nobody = "NIL NIL NIL NIL NIL NIL";

    [Fact]
    public async Task The_example_of_the_RFC_comes_out_as_it_stands_there()
    {
        // RFC 9051 §8.
        var message = await Mail.ParseAsync("""
            Date: Wed, 17 Jul 1996 02:23:25 -0700 (PDT)
            From: Terry Gray <gray@cac.washington.edu>
            Subject: IMAP4rev2 WG mtg summary and minutes
            To: imap@cac.washington.edu
            cc: minutes@CNRI.Reston.VA.US, John Klensin <KLENSIN@MIT.EDU>
            Message-Id: <B27397-0100000@cac.washington.edu>
            MIME-Version: 1.0
            Content-Type: TEXT/PLAIN; CHARSET=US-ASCII


            """);

        Assert.Equal(
            """("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)" "IMAP4rev2 WG mtg summary and minutes" """
            + """(("Terry Gray" NIL "gray" "cac.washington.edu")) (("Terry Gray" NIL "gray" "cac.washington.edu")) """
            + """(("Terry Gray" NIL "gray" "cac.washington.edu")) ((NIL NIL "imap" "cac.washington.edu")) """
            + """((NIL NIL "minutes" "CNRI.Reston.VA.US")("John Klensin" NIL "KLENSIN" "MIT.EDU")) NIL NIL """
            + "\"<B27397-0100000@cac.washington.edu>\")",
            Mail.Text(message.Envelope.Encoded.Span));
    }

    [Theory]
    [InlineData("", $"(NIL NIL {Nobody} NIL NIL)")]
    [InlineData("Subject:\n", $"(NIL \"\" {Nobody} NIL NIL)")]
    [InlineData("Subject: \t \nDate:\nMessage-ID:\nIn-Reply-To: \n", $"(\"\" \"\" {Nobody} \"\" \"\")")]
    [InlineData("Subject: one\nSubject: two\n", $"(NIL \"one\" {Nobody} NIL NIL)")]
    [InlineData("Subject : one\n", $"(NIL \"one\" {Nobody} NIL NIL)")]
    [InlineData("sUBJECT:one\n two\n\tthree\n", $"(NIL \"one two\tthree\" {Nobody} NIL NIL)")]
    [InlineData("Subject: =?utf-8?q?gr=C3=BCn?=\n", $"(NIL \"=?utf-8?q?gr=C3=BCn?=\" {Nobody} NIL NIL)")]
    [InlineData("Subject: say \"hi\" \\o/\n", $"(NIL \"say \\\"hi\\\" \\\\o/\" {Nobody} NIL NIL)")]
    [InlineData("Subject: gr\u00FCn\n", $"(NIL {{4}}\r\ngr\u00FCn {Nobody} NIL NIL)")]
    [InlineData("Subject: gr\u00C3\u00BCn\n", $"(NIL {{5}}\r\ngr\u00C3\u00BCn {Nobody} NIL NIL)")]
    [InlineData("Subject: a\0b\n", $"(NIL \"ab\" {Nobody} NIL NIL)")]
    [InlineData("Subject: a\u0001b\n", $"(NIL {{3}}\r\na\u0001b {Nobody} NIL NIL)")]
    [InlineData("Subject: a\u007f\n", $"(NIL {{2}}\r\na\u007f {Nobody} NIL NIL)")]
    [InlineData("In-Reply-To: <a@b>\n <c@d>\nMessage-ID: <e@f>\n", $"(NIL NIL {Nobody} \"<a@b> <c@d>\" \"<e@f>\")")]
    public async Task Texts_stand_as_in_the_header_but_on_one_line(string header, string expected)
        => Assert.Equal(expected, Mail.Text((await Mail.ParseAsync(header + "\n")).Envelope.Encoded.Span));

    [Fact]
    public async Task A_bare_CR_in_a_text_makes_it_a_literal()
        => Assert.Equal($"(NIL {{3}}\r\na\rb {Nobody} NIL NIL)", Mail.Text((await Mail.ParseAsIsAsync("Subject: a\rb\r\n\r\n")).Envelope.Encoded.Span));

    [Fact]
    public async Task A_very_long_text_is_a_literal()
    {
        var text = new string('x', 1001);

        Assert.Equal($"(NIL {{1001}}\r\n{text} {Nobody} NIL NIL)", Mail.Text((await Mail.ParseAsync($"Subject: {text}\n\n")).Envelope.Encoded.Span));
    }

    [Theory]
    [InlineData("a@b.example", """((NIL NIL "a" "b.example"))""")]
    [InlineData("<a@b.example>", """((NIL NIL "a" "b.example"))""")]
    [InlineData("A B <a@b>", """(("A B" NIL "a" "b"))""")]
    [InlineData("\"B, A\" <a@b>", """(("B, A" NIL "a" "b"))""")]
    [InlineData("\"A \\\"x\\\" B\" <a@b>", """(("A \"x\" B" NIL "a" "b"))""")]
    [InlineData("a@b (A B)", """(("A B" NIL "a" "b"))""")]
    [InlineData("(A (x) B) a@b", """(("A (x) B" NIL "a" "b"))""")]
    [InlineData("X (y) <a@b>", """(("X" NIL "a" "b"))""")]
    [InlineData("=?utf-8?q?J=C3=BCrgen?= <j@b>", """(("=?utf-8?q?J=C3=BCrgen?=" NIL "j" "b"))""")]
    [InlineData("J\u00FCrgen <j@b>", "(({6}\r\nJ\u00FCrgen NIL \"j\" \"b\"))")]
    [InlineData("a@b, c@d", """((NIL NIL "a" "b")(NIL NIL "c" "d"))""")]
    [InlineData("a@b,,c@d,", """((NIL NIL "a" "b")(NIL NIL "c" "d"))""")]
    [InlineData("a@b; c@d", """((NIL NIL "a" "b")(NIL NIL "c" "d"))""")]
    [InlineData("\"a b\"@c", """((NIL NIL "\"a b\"" "c"))""")]
    [InlineData("\"a@x\"@c", """((NIL NIL "\"a@x\"" "c"))""")]
    [InlineData("<\"a b\"@c>", """((NIL NIL "\"a b\"" "c"))""")]
    [InlineData("a @ b", """((NIL NIL "a" "b"))""")]
    [InlineData("<a @ b . c>", """((NIL NIL "a" "b.c"))""")]
    [InlineData("a@[IPv6:2001:db8::1]", """((NIL NIL "a" "[IPv6:2001:db8::1]"))""")]
    [InlineData("<@x,@y:a@b>", """((NIL "@x,@y" "a" "b"))""")]
    [InlineData("G: a@b, C <c@d>;", """((NIL NIL "G" NIL)(NIL NIL "a" "b")("C" NIL "c" "d")(NIL NIL NIL NIL))""")]
    [InlineData("undisclosed-recipients:;", """((NIL NIL "undisclosed-recipients" NIL)(NIL NIL NIL NIL))""")]
    [InlineData("\"My: Group\": a@b; c@d", """((NIL NIL "My: Group" NIL)(NIL NIL "a" "b")(NIL NIL NIL NIL)(NIL NIL "c" "d"))""")]
    [InlineData("G: a@b", """((NIL NIL "G" NIL)(NIL NIL "a" "b")(NIL NIL NIL NIL))""")]
    [InlineData(":;", """((NIL NIL "" NIL)(NIL NIL NIL NIL))""")]
    [InlineData("root", """((NIL NIL "root" ""))""")]
    [InlineData("Mail System <>", """(("Mail System" NIL "" ""))""")]
    [InlineData("<root>", """((NIL NIL "root" ""))""")]
    [InlineData("Joe Q. Public joe@b", """(("Joe Q. Public" NIL "joe" "b"))""")]
    [InlineData("\"unended <a@b>", """(("unended" NIL "<a" "b>"))""")]
    [InlineData("<a@b", """((NIL NIL "a" "b"))""")]
    [InlineData("(unended", "NIL")]
    [InlineData("", "NIL")]
    [InlineData(" , ;", "NIL")]
    public async Task Addresses_have_four_fields_each(string field, string expected)
    {
        var message = await Mail.ParseAsync($"To: {field}\n\n");

        Assert.Equal($"(NIL NIL NIL NIL NIL {expected} NIL NIL NIL NIL)", Mail.Text(message.Envelope.Encoded.Span));
        Assert.NotNull(message.Envelope.Fields);
    }

    [Fact]
    public async Task Fields_of_one_name_are_one_list_so_that_none_is_hidden()
    {
        var message = await Mail.ParseAsync("From: a@b\nTo: c@d\nFrom: e@f\n\n");

        Assert.Equal(["a", "e"], message.Envelope.Fields.From.Select(static address => address.Mailbox));
    }

    [Fact]
    public async Task Sender_and_Reply_To_are_those_of_From_only_where_they_are_absent_or_empty()
    {
        var message = await Mail.ParseAsync("From: a@b\nSender:\nReply-To: c@d\n\n");

        Assert.Equal("a", Assert.Single(message.Envelope.Fields.Sender).Mailbox);
        Assert.Equal("c", Assert.Single(message.Envelope.Fields.ReplyTo).Mailbox);
    }

    [Fact]
    public async Task A_list_is_bounded()
    {
        var message = await Mail.ParseAsync($"To: {string.Concat(Enumerable.Repeat("a@b,", 20_000))}\n\n");

        Assert.Equal(10_000, message.Envelope.Fields.To.Length);
    }
}
