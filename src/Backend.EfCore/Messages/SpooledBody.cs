namespace Backend.EfCore.Messages;

/// <summary>An arriving message that can be read again: a stretch of its <see cref="Spool"/>. One reader at a time of all in it.</summary>
sealed class SpooledBody(Spool spool, long offset, long length) : Stream
{
    long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = spool.At(offset + position).Read(buffer[..Left(buffer.Length)]);
        position += count;
        return count;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await spool.At(offset + position).ReadAsync(buffer[..Left(buffer.Length)], cancellationToken);
        position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("A message never changes.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A message never changes.");

    int Left(int wanted) => (int)Math.Min(wanted, Math.Max(length - position, 0));
}
