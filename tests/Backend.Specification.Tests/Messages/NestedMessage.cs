namespace Backend.Specification.Tests.Messages;

/// <summary>
/// A message with every kind of part, put together from its pieces so that each section is known exactly: a text, a message that holds
/// a multipart (text and HTML), and an image.
/// </summary>
static class NestedMessage
{
    const string Header = "From: alice@example.org\r\nTo: bob@example.org,\r\n carol@example.org\r\nSubject: Outer\r\nX-Twice: one\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=outer\r\nX-Twice: two\r\n\r\n";
    const string TextMime = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
    const string TextBody = "Gr\u00fc\u00dfe\r\nzweite Zeile\r\n";
    const string MessageMime = "Content-Type: message/rfc822\r\nContent-Description: forwarded\r\n\r\n";
    const string InnerHeader = "Subject: Inner\r\nFrom: dave@example.org\r\nContent-Type: multipart/alternative; boundary=\"in ner\"\r\n\r\n";
    const string InnerTextMime = "\r\n";
    const string InnerTextBody = "Plain inner text";
    const string InnerHtmlMime = "Content-Type: text/html\r\nContent-Language: de, en\r\n\r\n";
    const string InnerHtmlBody = "<p>inner</p>";
    const string InnerBody = "--in ner\r\n" + InnerTextMime + InnerTextBody + "\r\n--in ner\r\n" + InnerHtmlMime + InnerHtmlBody + "\r\n--in ner--\r\nepilogue";
    const string ImageMime = "Content-Type: image/png; name=\"a b.png\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"a b.png\"\r\n\r\n";
    const string ImageBody = "iVBORw0KGgo=";
    const string Body = "preamble\r\n--outer\r\n" + TextMime + TextBody + "\r\n--outer\r\n" + MessageMime + InnerHeader + InnerBody + "\r\n--outer\r\n" + ImageMime + ImageBody + "\r\n--outer--\r\n";

    static readonly Dictionary<string, string> BySection = new()
    {
        [""] = Header + Body,
        ["HEADER"] = Header,
        ["TEXT"] = Body,
        ["1"] = TextBody,
        ["1.MIME"] = TextMime,
        ["2"] = InnerHeader + InnerBody,
        ["2.MIME"] = MessageMime,
        ["2.HEADER"] = InnerHeader,
        ["2.TEXT"] = InnerBody,
        ["2.1"] = InnerTextBody,
        ["2.1.MIME"] = InnerTextMime,
        ["2.2"] = InnerHtmlBody,
        ["2.2.MIME"] = InnerHtmlMime,
        ["3"] = ImageBody,
        ["3.MIME"] = ImageMime,
        ["HEADER.FIELDS (Subject)"] = "Subject: Outer\r\n\r\n",
        ["HEADER.FIELDS (SUBJECT from)"] = "From: alice@example.org\r\nSubject: Outer\r\n\r\n",
        ["HEADER.FIELDS (to)"] = "To: bob@example.org,\r\n carol@example.org\r\n\r\n",
        ["HEADER.FIELDS (x-twice)"] = "X-Twice: one\r\nX-Twice: two\r\n\r\n",
        ["HEADER.FIELDS (Subject Subject)"] = "Subject: Outer\r\n\r\n",
        ["HEADER.FIELDS (Missing Subj X_Twice)"] = "\r\n",
        ["HEADER.FIELDS.NOT (to content-type mime-version X-TWICE)"] = "From: alice@example.org\r\nSubject: Outer\r\n\r\n",
        ["HEADER.FIELDS.NOT (Missing)"] = Header,
        ["HEADER.FIELDS.NOT (From To Subject X-Twice MIME-Version Content-Type)"] = "\r\n",
        ["2.HEADER.FIELDS (subject)"] = "Subject: Inner\r\n\r\n",
        ["2.HEADER.FIELDS.NOT (subject content-type)"] = "From: dave@example.org\r\n\r\n",
    };

    public static byte[] Octets => Part("");

    public static IEnumerable<string> SectionNames => BySection.Keys;

    /// <summary>The octets of one of the <see cref="SectionNames"/>.</summary>
    public static byte[] Part(string section) => Mail.Text(BySection[section]);
}
