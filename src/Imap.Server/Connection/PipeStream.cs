using System.Buffers;
using System.IO.Pipelines;

namespace Imap.Server.Connection;

/// <summary>A pipe in both directions as the stream that TLS and DEFLATE want to stand on. One reader and one writer at a time.</summary>
sealed class PipeStream(PipeReader input, PipeWriter output) : Stream
{
    volatile bool isClosed;

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
        input.AdvanceTo(part.End);
        return count;
    }
}
