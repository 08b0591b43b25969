using Backend.EfCore.Entities;
using Backend.EfCore.Tenancy;
using Backend.EfCore.Writing;
using Backend.Mime.Sorting;

namespace Backend.EfCore.Sharing;

/// <summary>
/// Copies contents from one user to another, in the caller's transaction. The database lets nobody see the rows of both, so they come into memory: some
/// small messages at a time, or one chunk of a large one.
/// </summary>
sealed class ContentTransfer(WriteScope scope)
{
    const int MaxMessagesAtOnce = 100;
    const long MaxOctetsAtOnce = 4 * ContentChunkEntity.Size;

    readonly MailStoreContext context = scope.Context;

    /// <param name="messages">The messages of the one, and those that the other will have.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ExecuteAsync(IReadOnlyList<(MessageEntity From, MessageEntity To)> messages, CancellationToken cancellationToken)
    {
        for (var next = 0; next < messages.Count;)
        {
            var (count, octets) = (0, 0L);
            do
                octets += messages[next + count++].From.Size;
            while (next + count < messages.Count && count < MaxMessagesAtOnce && octets + messages[next + count].From.Size <= MaxOctetsAtOnce);
            await CopyAsync([.. messages.Skip(next).Take(count)], cancellationToken);
            next += count;
        }
    }

    async Task CopyAsync(List<(MessageEntity From, MessageEntity To)> page, CancellationToken cancellationToken)
    {
        var (source, target) = (page[0].From.UserId, page[0].To.UserId);
        var isLarge = page[0].From.Size > MaxOctetsAtOnce;
        long[] ids = [.. page.Select(static pair => pair.From.ContentId).Distinct()];
        scope.Use(Lease.ForUser(source));
        var contents = await context.Contents.Where(content => content.UserId == source && EF.Parameter(ids).Contains(content.ContentId)).ToDictionaryAsync(static content => content.ContentId, cancellationToken);
        var texts = await context.ContentTexts.Where(text => text.UserId == source && EF.Parameter(ids).Contains(text.ContentId)).ToDictionaryAsync(static text => text.ContentId, cancellationToken);
        var chunks = isLarge
            ? []
            : await context.ContentChunks.Where(chunk => chunk.UserId == source && EF.Parameter(ids).Contains(chunk.ContentId)).ToListAsync(cancellationToken);
        var added = new List<object>();
        foreach (var (from, to) in page)
        {
            added.Add(Copy(contents[from.ContentId], target, to.ContentId));
            added.Add(Copy(texts[from.ContentId], target, to.ContentId));
            added.AddRange(chunks.Where(chunk => chunk.ContentId == from.ContentId).Select(chunk => Copy(chunk, target, to.ContentId)));
        }

        await SaveAsync(added, target, cancellationToken);
        if (isLarge)
            await CopyChunksAsync(page[0].From, page[0].To, cancellationToken);
    }

    async Task CopyChunksAsync(MessageEntity from, MessageEntity to, CancellationToken cancellationToken)
    {
        for (var number = 0; (long)number * ContentChunkEntity.Size < from.Size; number++)
        {
            var next = number;
            scope.Use(Lease.ForUser(from.UserId));
            var chunk = await context.ContentChunks.SingleAsync(each => each.UserId == from.UserId && each.ContentId == from.ContentId && each.Chunk == next, cancellationToken);
            await SaveAsync([Copy(chunk, to.UserId, to.ContentId)], to.UserId, cancellationToken);
        }
    }

    /// <summary>Saves rows and forgets them, so that no more than these are in memory.</summary>
    async Task SaveAsync(List<object> rows, int userId, CancellationToken cancellationToken)
    {
        scope.Use(Lease.ForUser(userId));
        context.AddRange(rows);
        await context.SaveChangesAsync(cancellationToken);
        foreach (var row in rows)
            context.Entry(row).State = EntityState.Detached;
    }

    static ContentEntity Copy(ContentEntity content, int userId, long contentId) => new()
    {
        UserId = userId,
        ContentId = contentId,
        Origin = content.Origin ?? ObjectIds.Email(content.UserId, content.ContentId),
        Size = content.Size,
        SentDay = content.SentDay,
        SentDate = content.SentDate,
        MessageId = content.MessageId,
        Subject = content.Subject,
        From = content.From,
        To = content.To,
        Cc = content.Cc,
        Envelope = content.Envelope,
        BodyStructure = content.BodyStructure,
        Layout = content.Layout,
        HeaderFields = content.HeaderFields,
        Preview = content.Preview,
        IsTextComplete = content.IsTextComplete,
    };

    static ContentTextEntity Copy(ContentTextEntity text, int userId, long contentId) =>
        new() { UserId = userId, ContentId = contentId, Header = text.Header, PartHeader = text.PartHeader, Body = text.Body };

    static ContentChunkEntity Copy(ContentChunkEntity chunk, int userId, long contentId) =>
        new() { UserId = userId, ContentId = contentId, Chunk = chunk.Chunk, Octets = chunk.Octets };
}
