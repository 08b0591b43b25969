using System.Buffers;
using System.IO.Pipelines;

namespace Imap.Server.Connection;

/// <summary>A pipe in both directions as the stream that TLS and DEFLATE want to stand on. One reader and one writer at a time.</summary>
sealed class PipeStream(PipeReader input, PipeWriter output) : Stream
{
    volatile bool isClosed;
    int matched;

    /// <summary>Whether a read ends where the sender flushed its compression: behind an empty stored block, 00 00 FF FF. RFC 1951 §3.2.4.</summary>
    public bool StopsAtFlushes { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>From here on nothing is sent any more: what a layer still has to say when it is taken down is said to nobody.</summary>
    public void CloseOutput() => isClosed = true;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            if (!result.Buffer.IsEmpty)
                return Take(result.Buffer, buffer);
            input.AdvanceTo(result.Buffer.Start);
            if (result.IsCompleted)
                return 0;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!isClosed)
            Check(await output.WriteAsync(buffer, cancellationToken));
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (!isClosed)
            Check(await output.FlushAsync(cancellationToken));
    }

    // A layer that is disposed of may try to write its last words by this; by then it has been closed.
    public override void Write(byte[] buffer, int offset, int count)
    {
        if (!isClosed)
            throw new NotSupportedException("A network is written asynchronously.");
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A network is read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    static void Check(FlushResult result)
    {
        if (result.IsCompleted || result.IsCanceled)
            throw new IOException("The client is gone.");
    }

    // An empty buffer only asks whether there is something.
    int Take(ReadOnlySequence<byte> octets, Memory<byte> buffer)
    {
        var part = octets.Slice(0, Math.Min(octets.Length, buffer.Length));
        var count = (int)part.Length;
        part.CopyTo(buffer.Span);
        if (StopsAtFlushes)
            count = CountToFlush(buffer.Span[..count]);
        input.AdvanceTo(part.GetPosition(count));
        return count;
    }

    // The octets may also come by chance within the data; then the read is only shorter than it need be.
    int CountToFlush(ReadOnlySpan<byte> octets)
    {
        for (var i = 0; i < octets.Length; i++)
        {
            matched = (matched, octets[i]) switch
            {
                (0 or 3, 0) => 1,
                (1 or 2, 0) => 2,
                (2, 0xFF) => 3,
                (3, 0xFF) => 4,
                _ => 0,
            };
            if (matched < 4)
                continue;
            matched = 0;
            return i + 1;
        }

        return octets.Length;
    }
}
