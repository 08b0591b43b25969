namespace Backend.Mime.Tests;

/// <summary>A stream that looks now and then how much memory its reader holds.</summary>
sealed class MeasuredStream(Stream inner) : Stream
{
    const int ReadsBetween = 40;

    readonly long before = GC.GetTotalMemory(forceFullCollection: true);
    int reads;

    /// <summary>The most octets in use, over those before.</summary>
    public long Peak { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position { get => inner.Position; set => inner.Position = value; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (++reads % ReadsBetween == 0)
            Peak = Math.Max(Peak, GC.GetTotalMemory(forceFullCollection: true) - before);
        return inner.ReadAsync(buffer, cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
