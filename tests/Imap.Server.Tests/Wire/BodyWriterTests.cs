using System.IO.Pipelines;
using System.Text;
using Imap.Server.Wire;

namespace Imap.Server.Tests.Wire;

/// <summary>RFC 3501 §7.4.2, §9 (body); RFC 9051 §7.5.2, §9.</summary>
public sealed class BodyWriterTests
{
    const string Inner = "\"TEXT\" \"PLAIN\" (\"CHARSET\" \"UTF-8\") NIL NIL \"7BIT\" 7 1";
    const string Envelope = "(NIL \"within\" ((NIL NIL \"a\" \"b\")) NIL NIL NIL NIL NIL NIL \"<x@y>\")";
    const string Multipart = "NIL (\"inline\" NIL) (\"de\" \"en\") \"place\"";

    [Fact]
    public async Task A_message_within_is_told_with_what_is_in_it()
    {
        var encoded = $"((\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 40 {Envelope} ({Inner} NIL NIL NIL NIL) 3 \"md5\" NIL NIL NIL) \"MIXED\" {Multipart})";
        Assert.Equal(encoded, await WriteAsync(encoded, extended: true));
        Assert.Equal($"((\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 40 {Envelope} ({Inner}) 3) \"MIXED\")", await WriteAsync(encoded, extended: false));
    }

    /// <summary>RFC 3501 §9 (media-message) has RFC822 alone; GLOBAL came with RFC 9051 §9, and clients of the former stop at its envelope.</summary>
    [Theory]
    [InlineData("GLOBAL")]
    [InlineData("Global")]
    public async Task An_international_message_within_is_told_as_an_attachment(string subtype)
    {
        var encoded = $"(({Inner} NIL NIL NIL NIL)(\"MESSAGE\" \"{subtype}\" (\"a\" \"b\") \"<id>\" NIL \"8BIT\" 40 {Envelope} ({Inner} NIL NIL NIL NIL) 3 \"md5\" (\"attachment\" (\"filename\" \"x\")) NIL NIL) \"MIXED\" {Multipart})";
        var fields = $"\"MESSAGE\" \"{subtype}\" (\"a\" \"b\") \"<id>\" NIL \"8BIT\" 40";
        Assert.Equal($"(({Inner} NIL NIL NIL NIL)({fields} \"md5\" (\"attachment\" (\"filename\" \"x\")) NIL NIL) \"MIXED\" {Multipart})", await WriteAsync(encoded, extended: true));
        Assert.Equal($"(({Inner})({fields}) \"MIXED\")", await WriteAsync(encoded, extended: false));
    }

    /// <summary>RFC 9051 §9 (media-message).</summary>
    [Fact]
    public async Task In_rev2_an_international_message_within_is_told_with_what_is_in_it()
    {
        var encoded = $"((\"MESSAGE\" \"GLOBAL\" NIL NIL NIL \"8BIT\" 40 {Envelope} ({Inner} NIL NIL NIL NIL) 3 \"md5\" NIL NIL NIL) \"MIXED\" {Multipart})";
        Assert.Equal(encoded, await WriteAsync(encoded, extended: true, ImapForm.Rev2));
        Assert.Equal($"((\"MESSAGE\" \"GLOBAL\" NIL NIL NIL \"8BIT\" 40 {Envelope} ({Inner}) 3) \"MIXED\")", await WriteAsync(encoded, extended: false, ImapForm.Rev2));
    }

    static async Task<string> WriteAsync(string encoded, bool extended, ImapForm form = ImapForm.Rev1)
    {
        var pipe = new Pipe();
        using var writer = new ImapWriter(pipe.Writer, TimeProvider.System, TimeSpan.FromMinutes(1));
        writer.Form = form;
        writer.Body(new BodyStructure(Encoding.UTF8.GetBytes(encoded)), extended);
        await writer.FlushAsync();
        return Encoding.UTF8.GetString((await pipe.Reader.ReadAsync(TestContext.Current.CancellationToken)).Buffer.FirstSpan);
    }
}
