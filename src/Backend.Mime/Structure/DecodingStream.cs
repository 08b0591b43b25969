using System.Buffers;
using Backend.Mime.Grammar;
using MimeKit.Encodings;

namespace Backend.Mime.Structure;

/// <summary>Takes the octets of a part, decodes them, and passes a stretch of what comes out on to another stream. It knows what passed.</summary>
sealed class DecodingStream(PartCoding coding, OctetRange stretch, Stream destination) : Stream
{
    const int BatchSize = 8 * 1024;

    readonly IMimeDecoder? decoder = TransferEncoding.CreateDecoder(coding.Encoding);
    readonly byte[] batch = ArrayPool<byte>.Shared.Rent(BatchSize);
    byte[] decoded = [];
    byte[] lines = [];
    long position;
    bool isBehindCr;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => position;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <summary>How many octets of the stretch there were.</summary>
    public long Passed { get; private set; }

    /// <summary>Whether a NUL was among them.</summary>
    public bool HasNul { get; private set; }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var piece = buffer[..Math.Min(BatchSize, buffer.Length)];
            buffer = buffer[piece.Length..];
            await PassAsync(EndLines(Decode(piece)), cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Says that the part is over.</summary>
    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        // Where the padding has been lost, the decoder would keep the last octets to itself.
        if (decoder is Base64Decoder)
            await WriteAsync("=="u8.ToArray(), cancellationToken);
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Parts are decoded asynchronously only.");

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && lines is not null)
        {
            ArrayPool<byte>.Shared.Return(batch);
            Return(decoded);
            Return(lines);
            (decoded, lines) = ([], null!);
        }

        base.Dispose(disposing);
    }

    ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> octets)
    {
        if (decoder is null)
            return octets;
        octets.CopyTo(batch);
        Room(ref decoded, decoder.EstimateOutputLength(octets.Length));
        return decoded.AsMemory(0, decoder.Decode(batch, 0, octets.Length, decoded));
    }

    // RFC 3516 §6: text is sent in lines that end with CRLF.
    ReadOnlyMemory<byte> EndLines(ReadOnlyMemory<byte> octets)
    {
        if (!coding.HasLines || octets.IsEmpty)
            return octets;
        Room(ref lines, 2 * octets.Length);
        var length = 0;
        foreach (var octet in octets.Span)
        {
            if (octet == (byte)'\n' && !isBehindCr)
                lines[length++] = (byte)'\r';
            lines[length++] = octet;
            isBehindCr = octet == (byte)'\r';
        }

        return lines.AsMemory(0, length);
    }

    async ValueTask PassAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        var first = Math.Clamp(stretch.Offset - position, 0, octets.Length);
        var last = Math.Clamp(stretch.Offset - position + stretch.Length, first, octets.Length);
        position += octets.Length;
        var passing = octets[(int)first..(int)last];
        if (passing.IsEmpty)
            return;
        Passed += passing.Length;
        HasNul = HasNul || passing.Span.Contains((byte)0);
        await destination.WriteAsync(passing, cancellationToken);
    }

    static void Room(ref byte[] array, int length)
    {
        if (array.Length >= length)
            return;
        Return(array);
        array = ArrayPool<byte>.Shared.Rent(length);
    }

    static void Return(byte[] array)
    {
        if (array.Length > 0)
            ArrayPool<byte>.Shared.Return(array);
    }
}
