namespace Backend.EfCore.Queries;

sealed class ContentQueries
{
    /// <summary>One chunk of a message's octets, or null when it is gone.</summary>
    public Func<MailStoreContext, int, long, int, CancellationToken, Task<byte[]?>> Chunk { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, long contentId, int chunk, CancellationToken token) =>
            context.ContentChunks
                .Where(each => each.UserId == userId && each.ContentId == contentId && each.Chunk == chunk)
                .Select(each => each.Octets)
                .SingleOrDefault());

    /// <summary>The chunks between two, in order.</summary>
    public Func<MailStoreContext, int, long, int, int, IAsyncEnumerable<byte[]>> Chunks { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, long contentId, int first, int last) =>
            context.ContentChunks
                .Where(each => each.UserId == userId && each.ContentId == contentId && each.Chunk >= first && each.Chunk <= last)
                .OrderBy(each => each.Chunk)
                .Select(each => each.Octets)
                .AsQueryable());

    /// <summary>Where the parts of a message stand, or null when it is gone.</summary>
    public Func<MailStoreContext, int, long, CancellationToken, Task<byte[]?>> Layout { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, long contentId, CancellationToken token) =>
            context.Contents
                .Where(each => each.UserId == userId && each.ContentId == contentId)
                .Select(each => each.Layout)
                .SingleOrDefault());
}
