using Backend.EfCore.Entities;
using Backend.EfCore.Messages;
using Backend.Mime.Sorting;

namespace Backend.EfCore.Sorting;

/// <summary>Makes the rows of <see cref="ContentSortEntity"/>, and those that are missing of mail that was there before the table.</summary>
sealed class SortRows(MailStoreDatabase database, MailboxHandle handle)
{
    /// <summary>How many are read and written at a time: a header's fields may have 256 KiB.</summary>
    const int Batch = 200;

    /// <summary>The row of a content.</summary>
    /// <param name="userId">Whose it is.</param>
    /// <param name="contentId">The content.</param>
    /// <param name="origin">Its <see cref="ContentEntity.Origin"/>.</param>
    /// <param name="values">What it is sorted by.</param>
    public static ContentSortEntity Make(int userId, long contentId, string? origin, SortValues values) => new()
    {
        UserId = userId,
        ContentId = contentId,
        SentDate = values.SentDate,
        BaseSubject = values.BaseSubject,
        IsReply = values.IsReply,
        From = values.From,
        To = values.To,
        Cc = values.Cc,
        DisplayFrom = values.DisplayFrom,
        DisplayTo = values.DisplayTo,
        MessageId = values.MessageId,
        References = SortValues.Encode(values.References),
        ThreadId = ObjectIds.ThreadOf(values, origin ?? ObjectIds.Email(userId, contentId)),
    };

    /// <summary>Whether two rows say the same.</summary>
    public static bool AreEqual(ContentSortEntity a, ContentSortEntity b) =>
        (a.SentDate, a.BaseSubject, a.IsReply, a.From, a.To, a.Cc, a.DisplayFrom, a.DisplayTo, a.MessageId, a.ThreadId)
        == (b.SentDate, b.BaseSubject, b.IsReply, b.From, b.To, b.Cc, b.DisplayFrom, b.DisplayTo, b.MessageId, b.ThreadId)
        && a.References.AsSpan().SequenceEqual(b.References);

    /// <summary>The numbers of the threads of some contents, of those without a row too.</summary>
    public static async Task<Dictionary<long, long>> ReadThreadsAsync(MailStoreContext context, int userId, long[] contentIds, CancellationToken cancellationToken)
    {
        var threads = await context.ContentSorts
            .Where(sort => sort.UserId == userId && EF.Parameter(contentIds).Contains(sort.ContentId))
            .ToDictionaryAsync(static sort => sort.ContentId, static sort => sort.ThreadId, cancellationToken);
        foreach (var missing in contentIds.Where(id => !threads.ContainsKey(id)).Distinct().Chunk(Batch))
            await foreach (var content in Headers(context.Contents.Where(content => content.UserId == userId && EF.Parameter(missing).Contains(content.ContentId))).AsAsyncEnumerable().WithCancellation(cancellationToken))
                threads.Add(content.ContentId, ObjectIds.ThreadOf(content.Values, content.Origin ?? ObjectIds.Email(userId, content.ContentId)));
        return threads;
    }

    /// <summary>Writes what is missing of the mailbox's contents.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        var after = 0L;
        do
        {
            var (rows, last) = await database.ReadAsync(handle.Lease, (context, token) => ReadMissingAsync(context, after, token), cancellationToken);
            if (rows.Count > 0)
                await database.WriteAsync(handle.LeaseFor(MailboxRights.Read), (scope, token) => AddAsync(scope.Context, rows, token), cancellationToken);
            after = last;
        }
        while (after < long.MaxValue);
    }

    IQueryable<MessageEntity> Missing(MailStoreContext context, long after)
    {
        var (userId, mailboxId) = (handle.UserId, handle.MailboxId);
        return context.Messages.Where(message => message.UserId == userId && message.MailboxId == mailboxId && message.Uid > after
            && !context.ContentSorts.Any(sort => sort.UserId == message.UserId && sort.ContentId == message.ContentId));
    }

    async Task<(List<ContentSortEntity> Rows, long Last)> ReadMissingAsync(MailStoreContext context, long after, CancellationToken cancellationToken)
    {
        var missing = await Missing(context, after).OrderBy(static message => message.Uid).Take(Batch).Select(static message => new { message.Uid, message.ContentId }).ToListAsync(cancellationToken);
        var (userId, ids) = (handle.UserId, missing.Select(static message => message.ContentId).Distinct().ToArray());
        var rows = new List<ContentSortEntity>(ids.Length);
        await foreach (var content in Headers(context.Contents.Where(content => content.UserId == userId && EF.Parameter(ids).Contains(content.ContentId))).AsAsyncEnumerable().WithCancellation(cancellationToken))
            rows.Add(Make(userId, content.ContentId, content.Origin, content.Values));
        return (rows, missing.Count == Batch ? missing[^1].Uid : long.MaxValue);
    }

    /// <summary>Adds the rows of contents that are still there, unless somebody else has.</summary>
    async Task<bool> AddAsync(MailStoreContext context, List<ContentSortEntity> rows, CancellationToken cancellationToken)
    {
        var (userId, ids) = (handle.UserId, rows.ConvertAll(static row => row.ContentId).ToArray());
        var wanted = await context.Contents
            .Where(content => content.UserId == userId && EF.Parameter(ids).Contains(content.ContentId)
                && !context.ContentSorts.Any(sort => sort.UserId == content.UserId && sort.ContentId == content.ContentId))
            .Select(static content => content.ContentId)
            .ToListAsync(cancellationToken);
        var set = wanted.ToHashSet();
        context.AddRange(rows.Where(row => set.Contains(row.ContentId)));
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    static IQueryable<ContentHeader> Headers(IQueryable<ContentEntity> contents) =>
        contents.Select(static content => new ContentHeader(content.ContentId, content.Origin, content.Envelope, content.HeaderFields));
}
