using System.Linq.Expressions;
using Backend.EfCore.Mailboxes;
using Backend.EfCore.Messages;

namespace Backend.EfCore.Sorting;

/// <summary>SORT: a search, and a query that puts what it found in order. RFC 5256 §3 (SORT); RFC 5957 §4.</summary>
sealed class SortMessages(MailStoreDatabase database, MailboxHandle handle, KeywordDictionary keywords)
{
    public async Task<ImmutableArray<Uid>> ExecuteAsync(SearchCriteria criteria, ImmutableArray<SortCriterion> order, CancellationToken cancellationToken)
    {
        var found = await FoundMessages.FindAsync(database, handle, keywords, criteria, cancellationToken);
        if (found.IsEmpty)
            return [];
        // By the same again nothing is sorted.
        ImmutableArray<SortCriterion> fields = [.. order.DistinctBy(static each => each.Field)];
        while (true)
        {
            var (sorted, isComplete) = await database.ReadConsistentlyAsync(handle.Lease, (context, token) => ReadAsync(context, found, fields, token), cancellationToken);
            if (isComplete)
                return sorted;
            await new SortRows(database, handle).FillAsync(cancellationToken);
        }
    }

    async Task<(ImmutableArray<Uid> Sorted, bool IsComplete)> ReadAsync(MailStoreContext context, FoundMessages found, ImmutableArray<SortCriterion> order, CancellationToken cancellationToken)
    {
        await database.Dialect.PrepareSearchAsync(context, cancellationToken);
        var mailbox = await database.Queries.Mailboxes.ById(context, handle.UserId, handle.MailboxId, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(handle.Name);
        var needsRows = order.Any(static each => each.Field is not (SortField.Arrival or SortField.Size));
        var messages = found.In(context, mailbox);
        var sorted = ImmutableArray.CreateBuilder<Uid>();
        var query = needsRows
            ? Sort(SortRow.Of(context, messages), order).Select(static row => new { row.Message.Uid, IsMissing = row.Sort == null })
            : Sort(messages.Select(static message => new SortRow { Message = message, Sort = null }), order).Select(static row => new { row.Message.Uid, IsMissing = false });
        await foreach (var row in query.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var uid = new Uid((uint)row.Uid);
            if (!found.Holds(uid))
                continue;
            if (row.IsMissing)
                return ([], false);
            sorted.Add(uid);
        }

        return (sorted.DrainToImmutable(), true);
    }

    static IQueryable<SortRow> Sort(IQueryable<SortRow> rows, ImmutableArray<SortCriterion> order)
    {
        IOrderedQueryable<SortRow>? sorted = null;
        foreach (var (field, reverse) in order)
            sorted = field switch
            {
                SortField.Arrival => Then(rows, sorted, reverse, static row => row.Message.InternalDate),
                SortField.Date => Then(rows, sorted, reverse, static row => row.Sort!.SentDate ?? row.Message.InternalDate),
                SortField.Size => Then(rows, sorted, reverse, static row => row.Message.Size),
                _ => Then(rows, sorted, reverse, TextOf(field)),
            };
        return Then(rows, sorted, reverse: false, static row => row.Message.Uid);
    }

    static Expression<Func<SortRow, string>> TextOf(SortField field) => field switch
    {
        SortField.Cc => static row => row.Sort!.Cc,
        SortField.From => static row => row.Sort!.From,
        SortField.To => static row => row.Sort!.To,
        SortField.Subject => static row => row.Sort!.BaseSubject,
        SortField.DisplayFrom => static row => row.Sort!.DisplayFrom,
        SortField.DisplayTo => static row => row.Sort!.DisplayTo,
        _ => throw new ArgumentException($"{field} is nothing that messages are sorted by.", nameof(field)),
    };

    static IOrderedQueryable<SortRow> Then<TKey>(IQueryable<SortRow> rows, IOrderedQueryable<SortRow>? sorted, bool reverse, Expression<Func<SortRow, TKey>> key) =>
        (sorted, reverse) switch
        {
            (null, false) => rows.OrderBy(key),
            (null, true) => rows.OrderByDescending(key),
            ({ }, false) => sorted.ThenBy(key),
            ({ }, true) => sorted.ThenByDescending(key),
        };
}
