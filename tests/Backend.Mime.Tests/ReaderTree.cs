using MimeKit;

namespace Backend.Mime.Tests;

/// <summary>The parts of a message as MimeKit's reader finds them: media type, where the content starts, and where it ends.</summary>
sealed class ReaderTree(Stream stream) : MimeReader(stream, MimeFormat.Entity)
{
    readonly List<string> parts = [];
    long contentStart;
    long contentEnd;

    public static async Task<List<string>> ReadAsync(byte[] message)
    {
        using var stream = new MemoryStream(message, writable: false);
        var reader = new ReaderTree(stream);
        await reader.ReadMessageAsync(TestContext.Current.CancellationToken);
        return reader.parts;
    }

    protected override void OnMimePartContentBegin(long beginOffset, int beginLineNumber, CancellationToken cancellationToken) =>
        contentStart = beginOffset;

    protected override void OnMimePartContentEnd(long beginOffset, int beginLineNumber, long endOffset, int lines, NewLineFormat? newLineFormat, CancellationToken cancellationToken) =>
        contentEnd = endOffset;

    protected override void OnMimePartEnd(ContentType contentType, long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken) =>
        Add(contentType, contentStart, contentEnd);

    protected override void OnMultipartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) =>
        parts.Add($"{contentType.MimeType.ToUpperInvariant()} begins");

    protected override void OnMultipartEnd(ContentType contentType, long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken) =>
        parts.Add("ends");

    protected override void OnMessagePartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) =>
        parts.Add($"{contentType.MimeType.ToUpperInvariant()} begins");

    protected override void OnMessagePartEnd(ContentType contentType, long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken) =>
        parts.Add("ends");

    void Add(ContentType type, long start, long end) => parts.Add($"{type.MimeType.ToUpperInvariant()} {start}-{end}");
}
