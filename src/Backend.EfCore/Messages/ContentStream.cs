using Backend.EfCore.Entities;
using Backend.EfCore.Tenancy;

namespace Backend.EfCore.Messages;

/// <summary>A stored message as a stream that can be read, and sought in; one chunk of it at a time is in memory.</summary>
sealed class ContentStream(MailStoreDatabase database, Lease lease, long contentId, long length) : Stream
{
    byte[] chunk = [];
    int chunkNumber = -1;
    long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => position = ArgumentInRange(value);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= length || buffer.IsEmpty)
            return 0;
        var number = (int)(position / ContentChunkEntity.Size);
        if (number != chunkNumber)
        {
            chunk = await database.ReadAsync(lease, (context, token) => database.Queries.Contents.Chunk(context, lease.UserId, contentId, number, token), cancellationToken)
                ?? throw new BackendException(BackendError.Expunged, "The message has been expunged.");
            chunkNumber = number;
        }

        var start = (int)(position % ContentChunkEntity.Size);
        var count = Math.Min(buffer.Length, chunk.Length - start);
        chunk.AsMemory(start, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The store is read asynchronously only.");

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("A stored message never changes.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A stored message never changes.");

    static long ArgumentInRange(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return value;
    }
}
