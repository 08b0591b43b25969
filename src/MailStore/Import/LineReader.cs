namespace MailStore.Import;

/// <summary>Reads a stream line by line, a line longer than the buffer in several fragments, so that memory stays bounded whatever comes.</summary>
sealed class LineReader(Stream stream)
{
    const int BufferSize = 64 * 1024;

    readonly byte[] buffer = new byte[BufferSize];
    int start;
    int length;
    int end;
    bool ended;

    /// <summary>The line or piece of a line, with its LF where it has one; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Fragment => buffer.AsMemory(start, length);

    /// <summary>Whether it is the beginning of a line.</summary>
    public bool StartsLine { get; private set; }

    /// <summary>Whether it ends with the LF of its line.</summary>
    public bool EndsLine { get; private set; } = true;

    /// <summary>Goes on to the next fragment; false at the end of the stream.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        StartsLine = EndsLine;
        start += length;
        length = 0;
        var scanned = 0;
        while (true)
        {
            var lineEnd = buffer.AsSpan(start + scanned, end - start - scanned).IndexOf((byte)'\n');
            if (lineEnd >= 0)
                return Take(scanned + lineEnd + 1, endsLine: true);
            scanned = end - start;
            if (scanned == BufferSize || (ended && scanned > 0))
                return Take(scanned, endsLine: false);
            if (ended)
                return false;
            await FillAsync(cancellationToken);
        }
    }

    bool Take(int count, bool endsLine)
    {
        length = count;
        EndsLine = endsLine;
        return true;
    }

    async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
        var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
        ended = read == 0;
        end += read;
    }
}
