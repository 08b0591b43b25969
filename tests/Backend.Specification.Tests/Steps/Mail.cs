namespace Backend.Specification.Tests.Steps;

/// <summary>Messages to test with, as octets.</summary>
public static class Mail
{
    /// <summary>A small complete message with this subject.</summary>
    public static byte[] Of(string subject, string body = "Hello.\r\n") => Lines(
        "Date: Thu, 29 Feb 2024 12:34:56 +0000",
        "From: Alice <alice@example.org>",
        "To: Bob <bob@example.org>",
        $"Subject: {subject}",
        $"Message-ID: <{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(subject))}@example.org>",
        "",
        body.TrimEnd('\r', '\n'));

    /// <summary>A message of these header lines and this body.</summary>
    public static byte[] With(string header, string body = "Hello.") => Text($"{header}\r\n\r\n{body}\r\n");

    /// <summary>These lines, each ended by CRLF, in UTF-8.</summary>
    public static byte[] Lines(params string[] lines) => Text(string.Concat(lines.Select(static line => line + "\r\n")));

    /// <summary>The octets of this text in UTF-8.</summary>
    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A message of exactly this many octets, none of its stretches like another.</summary>
    public static byte[] OfSize(int size)
    {
        var header = Text("From: alice@example.org\r\nSubject: Large\r\n\r\n");
        var message = new byte[size];
        header.AsSpan(0, Math.Min(size, header.Length)).CopyTo(message);
        for (var i = header.Length; i < size; i++)
            message[i] = (i % 78) switch
            {
                76 => (byte)'\r',
                77 => (byte)'\n',
                var column => (byte)('a' + (((i / 78) + (column * (i / 6084))) % 26)),
            };
        return message;
    }
}
