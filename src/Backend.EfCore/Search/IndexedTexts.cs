using Backend.EfCore.Dialect;
using Backend.EfCore.Entities;

namespace Backend.EfCore.Search;

/// <summary>
/// Which keys of a search the text index answers, in the state that the search's transaction sees. For the others each message of the mailbox is looked
/// at, which is quicker in a small mailbox and for a word that is everywhere.
/// </summary>
sealed class IndexedTexts(MailStoreContext context, TextIndex index, int userId)
{
    /// <summary>Up to so many messages a look at each costs no more than a look into the index of a large store.</summary>
    const long FewMessages = 500;

    /// <summary>Each key that the index answers makes the query longer; so many are worth it.</summary>
    const int MaxKeys = 16;

    readonly HashSet<SearchKey> chosen = [];

    /// <summary>Decides for each key, by how much there is to look at either way.</summary>
    public static async Task<IndexedTexts> ChooseAsync(MailStoreDatabase database, MailStoreContext context, MailboxEntity mailbox, IEnumerable<SearchKey> keys, CancellationToken cancellationToken)
    {
        var texts = new IndexedTexts(context, database.Dialect.TextIndex, mailbox.UserId);
        var use = database.Options.IndexUse;
        if (!database.Options.SearchIndex || use == TextIndexUse.Never || (use == TextIndexUse.WhereQuicker && mailbox.Messages <= FewMessages))
            return texts;
        var able = keys.Distinct().Where(texts.CanAnswer).Take(MaxKeys).ToList();
        if (able.Count == 0 || !await database.TextIndexer.IsUsableAsync(cancellationToken))
            return texts;
        foreach (var key in able)
            if (use == TextIndexUse.Always || await texts.IsQuickerAsync(key, mailbox, cancellationToken))
                texts.chosen.Add(key);
        return texts;
    }

    /// <summary>Whether <see cref="Find"/> knows the contents that this key finds.</summary>
    public bool Answers(SearchKey key) => chosen.Contains(key);

    /// <summary>The contents of the user for which the test holds: those of the index, and those that wait for it.</summary>
    public IQueryable<long> Find(TextTest test)
    {
        var indexed = index.Candidates(context, userId, test.Columns, test.Needles).Where(test.Holds).Select(static text => text.ContentId);
        var waiting = index.Waiting(context, userId).Where(test.Holds).Select(static text => text.ContentId);
        var found = indexed.Concat(waiting);
        return test.Refines is null
            ? found
            : context.Contents.Where(content => content.UserId == userId && found.Contains(content.ContentId)).Where(test.Refines).Select(static content => content.ContentId);
    }

    bool CanAnswer(SearchKey key) => TextTest.Of(key, sure: false) is { } test && test.Needles.Any(index.CanNarrow);

    async Task<bool> IsQuickerAsync(SearchKey key, MailboxEntity mailbox, CancellationToken cancellationToken)
    {
        var test = TextTest.Of(key, sure: false)!;
        // A candidate costs somewhat more than a message in its place.
        var worthwhile = mailbox.Messages * 3 / 4;
        return await index.Waiting(context, userId).Take((int)Math.Min(worthwhile, int.MaxValue)).CountAsync(cancellationToken) < worthwhile
            && !await index.GivesMoreThanAsync(context, userId, test.Columns, test.Needles, worthwhile, cancellationToken);
    }
}
