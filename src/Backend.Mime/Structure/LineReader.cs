using System.Buffers;

namespace Backend.Mime.Structure;

/// <summary>Reads a stream line by line through one buffer. A line ends with LF; a bare CR is an octet like any other.</summary>
sealed class LineReader(ILineSink sink)
{
    /// <summary>A longer line comes in pieces.</summary>
    public const int BufferSize = 64 * 1024;

    bool startsLine = true;

    /// <summary>Reads from the stream's position to its end.</summary>
    public async Task ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var filled = 0;
            while (!sink.IsDone)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(filled, BufferSize - filled), cancellationToken);
                filled += read;
                var used = Pass(buffer.AsSpan(0, filled), isLast: read == 0);
                if (read == 0)
                    break;
                filled -= used;
                if (used > 0)
                    buffer.AsSpan(used, filled).CopyTo(buffer);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Passes on what is whole, and gives back how much that was. What is left always leaves room to read more.
    int Pass(ReadOnlySpan<byte> octets, bool isLast)
    {
        var position = 0;
        while (position < octets.Length && !sink.IsDone)
        {
            var rest = octets[position..];
            var length = rest.IndexOf((byte)'\n') + 1;
            var endsLine = length > 0;
            if (!endsLine && !isLast && rest.Length < BufferSize)
                break;
            if (!endsLine)
                length = isLast || rest[^1] != (byte)'\r' ? rest.Length : rest.Length - 1;
            sink.Line(rest[..length], startsLine);
            startsLine = endsLine;
            position += length;
        }

        return position;
    }
}
