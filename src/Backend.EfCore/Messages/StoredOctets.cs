using Backend.EfCore.Entities;
using Backend.EfCore.Tenancy;

namespace Backend.EfCore.Messages;

/// <summary>A run of octets of a large message, read from the database some chunks at a time as it is written out.</summary>
sealed class StoredOctets(MailStoreDatabase database, Lease lease, long contentId, long offset, long length) : Octets
{
    /// <summary>1 MiB in memory: with less, asking takes longer than reading.</summary>
    const int ChunksAtOnce = 4;

    public override long Length => length;

    public StoredOctets Slice(long start, long count) => new(database, lease, contentId, offset + start, count);

    public override async ValueTask CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        var (position, end) = (offset, offset + length);
        while (position < end)
        {
            var first = (int)(position / ContentChunkEntity.Size);
            var last = (int)Math.Min((end - 1) / ContentChunkEntity.Size, first + ChunksAtOnce - 1);
            var chunks = await database.ReadAsync(lease, (context, token) => ReadAsync(context, first, last, token), cancellationToken);
            if (chunks.Count <= last - first)
                throw new BackendException(BackendError.Expunged, "The message has been expunged.");
            foreach (var chunk in chunks)
            {
                var start = (int)(position % ContentChunkEntity.Size);
                var count = (int)Math.Min(chunk.Length - start, end - position);
                if (count <= 0)
                    throw new BackendException(BackendError.Corruption, "The message is shorter than the store says.");
                await destination.WriteAsync(chunk.AsMemory(start, count), cancellationToken);
                position += count;
            }
        }
    }

    async Task<List<byte[]>> ReadAsync(MailStoreContext context, int first, int last, CancellationToken cancellationToken)
    {
        var chunks = new List<byte[]>(ChunksAtOnce);
        await foreach (var chunk in database.Queries.Contents.Chunks(context, lease.UserId, contentId, first, last).WithCancellation(cancellationToken))
            chunks.Add(chunk);
        return chunks;
    }
}
