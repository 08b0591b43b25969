using System.Text;

namespace Backend.Mime.Tests;

/// <summary>Short words for tests: mails are written with LF and parsed with CRLF, octets are Latin-1.</summary>
static class Mail
{
    public static byte[] Octets(string text, bool asIs = false) => Encoding.Latin1.GetBytes(asIs ? text : text.ReplaceLineEndings("\r\n"));

    public static string Text(ReadOnlySpan<byte> octets) => Encoding.Latin1.GetString(octets);

    public static Task<ParsedMessage> ParseAsync(string text) => ParseAsync(Octets(text));

    public static Task<ParsedMessage> ParseAsIsAsync(string text) => ParseAsync(Octets(text, asIs: true));

    public static async Task<ParsedMessage> ParseAsync(byte[] octets)
    {
        using var stream = new MemoryStream(octets, writable: false);
        return await MessageParser.ParseAsync(stream, TestContext.Current.CancellationToken);
    }
}
