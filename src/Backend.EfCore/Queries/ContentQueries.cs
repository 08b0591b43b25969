namespace Backend.EfCore.Queries;

sealed class ContentQueries
{
    /// <summary>What is ready of the contents between two numbers: for whole stretches of a mailbox, whose contents lie side by side.</summary>
    public Func<MailStoreContext, int, long, long, bool, bool, bool, bool, IAsyncEnumerable<ContentRow>> Between { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, long first, long last, bool envelope, bool structure, bool layout, bool fields) =>
            context.Contents
                .Where(content => content.UserId == userId && content.ContentId >= first && content.ContentId <= last)
                .Select(content => new ContentRow(
                    content.ContentId,
                    envelope ? content.Envelope : null,
                    structure ? content.BodyStructure : null,
                    layout ? content.Layout : null,
                    fields ? content.HeaderFields : null))
                .AsQueryable());

    /// <summary>One chunk of a message's octets, or null when it is gone.</summary>
    public Func<MailStoreContext, int, long, int, CancellationToken, Task<byte[]?>> Chunk { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, long contentId, int chunk, CancellationToken token) =>
            context.ContentChunks
                .Where(each => each.UserId == userId && each.ContentId == contentId && each.Chunk == chunk)
                .Select(each => each.Octets)
                .SingleOrDefault());

    /// <summary>The same of contents by their numbers. Not compiled: a compiled query takes no list as one parameter.</summary>
    public static IAsyncEnumerable<ContentRow> ById(MailStoreContext context, int userId, long[] ids, bool envelope, bool structure, bool layout, bool fields) =>
        context.Contents
            .Where(content => content.UserId == userId && EF.Parameter(ids).Contains(content.ContentId))
            .Select(content => new ContentRow(
                content.ContentId,
                envelope ? content.Envelope : null,
                structure ? content.BodyStructure : null,
                layout ? content.Layout : null,
                fields ? content.HeaderFields : null))
            .AsAsyncEnumerable();
}
