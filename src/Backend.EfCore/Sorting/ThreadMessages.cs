using Backend.EfCore.Mailboxes;
using Backend.EfCore.Messages;
using Backend.Mime.Sorting;
using Backend.Mime.Threading;

namespace Backend.EfCore.Sorting;

/// <summary>THREAD: a search, and a few columns of what it found. RFC 5256 §3 (THREAD).</summary>
sealed class ThreadMessages(MailStoreDatabase database, MailboxHandle handle, KeywordDictionary keywords)
{
    public async Task<ImmutableArray<ThreadMember>> ExecuteAsync(ThreadAlgorithm algorithm, SearchCriteria criteria, CancellationToken cancellationToken)
    {
        var found = await FoundMessages.FindAsync(database, handle, keywords, criteria, cancellationToken);
        if (found.IsEmpty)
            return [];
        while (true)
        {
            if (await database.ReadConsistentlyAsync(handle.Lease, (context, token) => ReadAsync(context, found, algorithm, token), cancellationToken) is { } builder)
                return builder.Build();
            await new SortRows(database, handle).FillAsync(cancellationToken);
        }
    }

    /// <returns>Null when a row is missing.</returns>
    async Task<ThreadBuilder?> ReadAsync(MailStoreContext context, FoundMessages found, ThreadAlgorithm algorithm, CancellationToken cancellationToken)
    {
        await database.Dialect.PrepareSearchAsync(context, cancellationToken);
        var mailbox = await database.Queries.Mailboxes.ById(context, handle.UserId, handle.MailboxId, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(handle.Name);
        var withReferences = algorithm == ThreadAlgorithm.References;
        var rows = SortRow.Of(context, found.In(context, mailbox))
            .OrderBy(static row => row.Message.Uid)
            .Select(row => new
            {
                row.Message.Uid,
                IsMissing = row.Sort == null,
                SentDate = row.Sort!.SentDate ?? row.Message.InternalDate,
                row.Sort!.BaseSubject,
                IsReply = row.Sort != null && row.Sort.IsReply,
                row.Sort!.MessageId,
                References = withReferences ? row.Sort!.References : null,
            });
        var builder = ThreadBuilder.Create(algorithm);
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var uid = new Uid((uint)row.Uid);
            if (!found.Holds(uid))
                continue;
            if (row.IsMissing)
                return null;
            builder.Add(new ThreadCandidate(uid, row.SentDate, row.BaseSubject, row.IsReply, row.MessageId, SortValues.Decode(row.References)));
        }

        return builder;
    }
}
