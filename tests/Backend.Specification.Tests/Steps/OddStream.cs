namespace Backend.Specification.Tests.Steps;

/// <summary>
/// A stream that gives octets as a network does: it cannot seek and does not know its length, gives a few octets at a time, and may
/// break off with an exception.
/// </summary>
public sealed class OddStream(byte[] octets, int atATime = 7, Exception? failure = null) : Stream
{
    int position;

    /// <summary>Whether anybody closed it.</summary>
    public bool IsClosed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Now and then nothing is there yet.
        if (position % 3 == 0)
            await Task.Yield();
        if (position == octets.Length && failure is not null)
            throw failure;
        var count = Math.Min(Math.Min(buffer.Length, atATime), octets.Length - position);
        octets.AsMemory(position, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronous reading is allowed.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        IsClosed = true;
        base.Dispose(disposing);
    }
}
