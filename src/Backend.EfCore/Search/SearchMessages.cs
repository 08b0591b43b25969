using Backend.EfCore.Entities;
using Backend.EfCore.Mailboxes;
using Backend.EfCore.Messages;
using Backend.EfCore.Sorting;

namespace Backend.EfCore.Search;

/// <summary>SEARCH: one query in the database, and the few messages that it cannot decide on looked at one by one. RFC 9051 §6.4.4.</summary>
sealed class SearchMessages(MailStoreDatabase database, MailboxHandle handle, KeywordDictionary keywords)
{
    /// <summary>The UIDs of the messages that match, ascending.</summary>
    public async Task<List<Uid>> ExecuteAsync(SearchCriteria criteria, CancellationToken cancellationToken) =>
        (await FindAsync(criteria, withUids: false, cancellationToken)).Found;

    /// <summary>The same by sequence number.</summary>
    public async Task<SequenceSet> ExecuteBySequenceAsync(SearchCriteria criteria, CancellationToken cancellationToken)
    {
        var (found, mailbox) = await FindAsync(criteria, withUids: true, cancellationToken);
        return SequenceSet.From(found.Select(uid => new SequenceNumber((uint)(mailbox.Uids!.BinarySearch(uid.Value) + 1))));
    }

    async Task<(List<Uid> Found, SearchMailbox Mailbox)> FindAsync(SearchCriteria criteria, bool withUids, CancellationToken cancellationToken)
    {
        if (DepthOf(criteria.Key) > SearchCriteria.MaxDepth)
            throw new BackendException(BackendError.Limit, $"The search is nested deeper than {SearchCriteria.MaxDepth} levels. Make it simpler.");
        // Asked once in a store's life, on a connection of its own: not while the search holds one.
        if (database.Options.SearchIndex && LooksAtText(criteria.Key))
            await database.TextIndexer.IsUsableAsync(cancellationToken);
        // Of old mail the threads are not known before somebody asks.
        if (All(criteria.Key).Any(static key => key is SearchKey.ThreadId))
            await new SortRows(database, handle).FillAsync(cancellationToken);
        var (hits, mailbox) = await database.ReadConsistentlyAsync(handle.Lease, (context, token) => QueryAsync(context, criteria, withUids, token), cancellationToken);
        var check = new CandidateCheck(database, mailbox, criteria.Key);
        var found = new List<Uid>(hits.Count);
        foreach (var hit in hits)
            if (hit.IsCertain || await check.MatchesAsync(hit.Uid, cancellationToken))
                found.Add(new Uid((uint)hit.Uid));
        return (found, mailbox);
    }

    async Task<(List<SearchHit> Hits, SearchMailbox Mailbox)> QueryAsync(MailStoreContext context, SearchCriteria criteria, bool withUids, CancellationToken cancellationToken)
    {
        await database.Dialect.PrepareSearchAsync(context, cancellationToken);
        var row = await database.Queries.Mailboxes.ById(context, handle.UserId, handle.MailboxId, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(handle.Name);
        if (KeywordsOf(criteria.Key).Any(keyword => keywords.IdOf(keyword) < 0))
            await keywords.ReloadAsync(context, cancellationToken);
        var uids = withUids || NamesMessages(criteria.Key)
            ? await UidSelection.UidsAsync(database, context, row, 1, uint.MaxValue, cancellationToken)
            : null;
        var mailbox = new SearchMailbox(row, handle, keywords, database.Now.ToUnixTimeSeconds(), uids, await CutContentsAsync(context, row, criteria.Key, cancellationToken));
        var texts = await IndexedTexts.ChooseAsync(database, context, row, All(criteria.Key), cancellationToken);
        var translator = new CriteriaTranslator(context, mailbox, texts);
        var (possible, sure) = translator.Translate(criteria.Key);
        var hits = await Rows(context, UidSelection.Between(context, row, 1, uint.MaxValue), translator)
            .Where(possible)
            .OrderBy(static each => each.Message.Uid)
            .Select(Predicates.ToHit(sure))
            .ToListAsync(cancellationToken);
        return (hits, mailbox);
    }

    /// <summary>They are few or none, and an index finds them: so the query need not ask it of every content.</summary>
    static async Task<IQueryable<long>?> CutContentsAsync(MailStoreContext context, MailboxEntity mailbox, SearchKey key, CancellationToken cancellationToken)
    {
        if (!LooksAtText(key))
            return null;
        var userId = mailbox.UserId;
        var cut = context.Contents.Where(content => content.UserId == userId && !content.IsTextComplete).Select(static content => content.ContentId);
        return await cut.AnyAsync(cancellationToken) ? cut : null;
    }

    static IQueryable<SearchRow> Rows(MailStoreContext context, IQueryable<MessageEntity> messages, CriteriaTranslator translator)
    {
        var rows = messages.Select(static message => new SearchRow { Message = message, Content = null!, Text = null! });
        if (translator.UsesContent)
            rows = rows.Join(
                context.Contents,
                static row => new { row.Message.UserId, row.Message.ContentId },
                static content => new { content.UserId, content.ContentId },
                static (row, content) => new SearchRow { Message = row.Message, Content = content, Text = null! });
        return translator.UsesText
            ? rows.Join(
                context.ContentTexts,
                static row => new { row.Message.UserId, row.Message.ContentId },
                static text => new { text.UserId, text.ContentId },
                static (row, text) => new SearchRow { Message = row.Message, Content = row.Content, Text = text })
            : rows;
    }

    static int DepthOf(SearchKey key)
    {
        var (deepest, open) = (0, new Stack<(SearchKey Key, int Depth)>([(key, 1)]));
        while (open.TryPop(out var next))
        {
            deepest = Math.Max(deepest, next.Depth);
            foreach (var child in ChildrenOf(next.Key))
                open.Push((child, next.Depth + 1));
        }

        return deepest;
    }

    static ImmutableArray<SearchKey> ChildrenOf(SearchKey key) => key switch
    {
        SearchKey.Not not => [not.Key],
        SearchKey.Or or => [or.Left, or.Right],
        SearchKey.And and => and.Keys,
        _ => [],
    };

    static IEnumerable<SearchKey> All(SearchKey key) => ChildrenOf(key).SelectMany(All).Prepend(key);

    /// <summary>Whether all UIDs have to be known: for sequence numbers, for <c>*</c>, and to name one by one what many ranges hold.</summary>
    static bool LooksAtText(SearchKey key) => All(key).Any(static each => TextTest.Of(each, sure: false) is not null);

    static bool NamesMessages(SearchKey key) => All(key).Any(static each => each is SearchKey.Sequence
        || (each is SearchKey.Uids { Set.Ranges: var ranges } && (ranges.Length > CriteriaTranslator.MaxRanges || ranges.Any(static range => range.First == NumberRange.Star || range.Last == NumberRange.Star)))
        || each == new SearchKey.HasFlag(Flag.Recent));

    static IEnumerable<Flag> KeywordsOf(SearchKey key) => All(key).OfType<SearchKey.HasFlag>().Select(static each => each.Flag).Where(static flag => !flag.IsSystem);
}
