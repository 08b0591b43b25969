using System.Runtime.CompilerServices;

namespace MailStore.Import;

/// <summary>
/// Reads an mbox. A message begins behind a From_ line that stands at the start of the file or behind an empty line; the empty line
/// belongs to the separator. Quoting is undone as in mboxrd: of the lines that begin with any number of <c>&gt;</c> and <c>From </c> the first
/// <c>&gt;</c> is taken off, which for mboxo is right for all lines but those that were written with a <c>&gt;</c>. RFC 4155, Appendix A.
/// </summary>
static class MboxReader
{
    /// <summary>Reads the messages in their order. The caller disposes each.</summary>
    /// <param name="mbox">The mbox.</param>
    /// <param name="file">What the file is called in reports.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<SourceMessage> ReadAsync(Stream mbox, string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineReader(mbox);
        var number = 0;
        var more = await SkipToFromLineAsync(lines, cancellationToken);
        while (more)
        {
            _ = FromLine.TryParse(lines.Fragment.Span, out var date);
            var content = new MessageSpool();
            try
            {
                more = await ReadMessageAsync(lines, content, cancellationToken);
            }
            catch
            {
                await content.DisposeAsync();
                throw;
            }

            yield return new SourceMessage
            {
                File = file,
                Number = ++number,
                Content = content,
                Flags = StatusFields.Read(await content.ReadHeaderAsync(cancellationToken)),
                Date = date,
            };
        }
    }

    static async ValueTask<bool> SkipToFromLineAsync(LineReader lines, CancellationToken cancellationToken)
    {
        while (await lines.ReadAsync(cancellationToken))
        {
            if (IsFromLine(lines))
                return true;
            if (!IsEmpty(lines))
                throw new InvalidDataException("It is no mbox: its first line does not begin with \"From \", a sender and a date.");
        }

        return false;
    }

    // True when it stopped at the From_ line of another message.
    static async ValueTask<bool> ReadMessageAsync(LineReader lines, MessageSpool content, CancellationToken cancellationToken)
    {
        // An empty line is kept back until it is known that no From_ line follows.
        var emptyLine = new byte[2];
        var kept = 0;
        while (await lines.ReadAsync(cancellationToken))
        {
            if (kept > 0 && IsFromLine(lines))
                return true;
            await content.WriteAsync(emptyLine.AsMemory(0, kept), cancellationToken);
            kept = 0;
            if (IsEmpty(lines))
            {
                kept = lines.Fragment.Length;
                lines.Fragment.CopyTo(emptyLine);
            }
            else
                await content.WriteAsync(Unquoted(lines), cancellationToken);
        }

        return false;
    }

    static bool IsEmpty(LineReader lines) =>
        lines.StartsLine && (lines.Fragment.Span.SequenceEqual("\n"u8) || lines.Fragment.Span.SequenceEqual("\r\n"u8));

    static bool IsFromLine(LineReader lines) => lines.StartsLine && FromLine.TryParse(lines.Fragment.Span, out _);

    static ReadOnlyMemory<byte> Unquoted(LineReader lines)
    {
        var line = lines.Fragment;
        return lines.StartsLine && line.Span[0] == (byte)'>' && line.Span.TrimStart((byte)'>').StartsWith(FromLine.Start) ? line[1..] : line;
    }
}
