using Backend.EfCore.Entities;
using Backend.EfCore.Tenancy;

namespace Backend.EfCore.Messages;

/// <summary>A run of octets of a large message, read from the database chunk by chunk as it is written out.</summary>
sealed class StoredOctets(MailStoreDatabase database, Lease lease, long contentId, long offset, long length) : Octets
{
    public override long Length => length;

    public StoredOctets Slice(long start, long count) => new(database, lease, contentId, offset + start, count);

    public override async ValueTask CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        var (position, end) = (offset, offset + length);
        while (position < end)
        {
            var number = (int)(position / ContentChunkEntity.Size);
            var chunk = await database.ReadAsync(lease, (context, token) => database.Queries.Contents.Chunk(context, lease.UserId, contentId, number, token), cancellationToken)
                ?? throw new BackendException(BackendError.Expunged, "The message has been expunged.");
            var start = (int)(position % ContentChunkEntity.Size);
            var count = (int)Math.Min(chunk.Length - start, end - position);
            if (count <= 0)
                throw new BackendException(BackendError.Corruption, "The message is shorter than the store says.");
            await destination.WriteAsync(chunk.AsMemory(start, count), cancellationToken);
            position += count;
        }
    }
}
