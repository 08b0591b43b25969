using Backend.EfCore.Dialect;
using Backend.EfCore.Entities;
using Npgsql;

namespace Backend.EfCore.Postgres;

/// <summary>
/// A GIN index of trigrams over the texts that are marked as indexed. The indexer marks them, which writes the row anew but not what of it is long, and
/// puts them into the index at the same time. So a query for marked texts and one for the others find all, whether the index is there or not.
/// </summary>
sealed class PostgresTextIndex : TextIndex
{
    /// <summary>The shadow property of a text that marks it.</summary>
    public const string IsIndexed = nameof(IsIndexed);

    /// <summary>How many texts a transaction takes at most.</summary>
    const int MaxTexts = 200;

    /// <summary>A transaction takes no further text once it has this many octets.</summary>
    const long MaxOctets = 1024 * 1024;

    /// <summary>How many texts are looked into to learn how common a word is.</summary>
    const int Sample = 100;

    /// <summary>How many letters and digits in a row make a trigram, whatever stands beside them. Between others there is none.</summary>
    const int MinRun = 3;

    public override async Task<string?> PrepareAsync(MailStoreContext context, CancellationToken cancellationToken)
    {
        var (isMissing, fault) = await FindFaultAsync(context, cancellationToken);
        if (!isMissing)
            return fault;
        try
        {
            await context.Database.ExecuteSqlRawAsync(TrigramIndex.Create, cancellationToken);
            return (await FindFaultAsync(context, cancellationToken)).Text;
        }
        catch (PostgresException exception)
        {
            // Unless another program has made it at the same time.
            return (await FindFaultAsync(context, cancellationToken)) is (false, var found) ? found : $"{exception.MessageText}. {TrigramIndex.Advice}";
        }
    }

    public override bool CanNarrow(string needle)
    {
        var run = 0;
        foreach (var c in needle)
        {
            run = char.IsLetterOrDigit(c) ? run + 1 : 0;
            if (run == MinRun)
                return true;
        }

        return false;
    }

    public override IQueryable<ContentTextEntity> Candidates(MailStoreContext context, int userId, TextColumns columns, IReadOnlyList<string> needles) =>
        context.ContentTexts.Where(text => text.UserId == userId && EF.Property<bool>(text, IsIndexed));

    public override IQueryable<ContentTextEntity> Waiting(MailStoreContext context, int userId) =>
        context.ContentTexts.Where(text => text.UserId == userId && !EF.Property<bool>(text, IsIndexed));

    /// <summary>
    /// The index alone does not tell how many it would give. So this looks into the latest texts, which tells of a word that is in many; and in a mailbox
    /// that is a small part of the user's mail, where there is much to lose, it goes on to count.
    /// </summary>
    public override async Task<bool> GivesMoreThanAsync(MailStoreContext context, int userId, TextColumns columns, IReadOnlyList<string> needles, long count, CancellationToken cancellationToken)
    {
        var all = await context.Mailboxes.Where(mailbox => mailbox.UserId == userId).SumAsync(static mailbox => mailbox.Messages, cancellationToken);
        var texts = Candidates(context, userId, columns, needles);
        var found = await Holding(texts.OrderByDescending(static text => text.ContentId).Take(Sample), columns, needles).CountAsync(cancellationToken);
        if ((double)found / Sample * all > count)
            return true;
        return count < all / 2 && await Holding(texts, columns, needles).Take((int)Math.Min(count + 1, int.MaxValue)).CountAsync(cancellationToken) > count;
    }

    public override Task<int> FillAsync(MailStoreContext context, int userId, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"""
            WITH waiting AS MATERIALIZED (
                SELECT content_id, octet_length(header) + octet_length(part_header) + octet_length(body) AS octets
                FROM content_texts
                WHERE user_id = {userId} AND NOT is_indexed
                ORDER BY content_id
                LIMIT {MaxTexts}
                FOR UPDATE SKIP LOCKED
            ), summed AS (
                SELECT content_id, sum(octets) OVER (ORDER BY content_id) - octets AS before FROM waiting
            )
            UPDATE content_texts
            SET is_indexed = true
            FROM summed
            WHERE content_texts.user_id = {userId} AND content_texts.content_id = summed.content_id AND summed.before <= {MaxOctets}
            """,
            cancellationToken);

    static IQueryable<ContentTextEntity> Holding(IQueryable<ContentTextEntity> texts, TextColumns columns, IReadOnlyList<string> needles)
    {
        foreach (var needle in needles)
            texts = columns switch
            {
                TextColumns.Headers => texts.Where(text => text.Header.Contains(needle)),
                TextColumns.Body => texts.Where(text => text.Body.Contains(needle)),
                _ => texts.Where(text => text.Header.Contains(needle) || text.PartHeader.Contains(needle) || text.Body.Contains(needle)),
            };
        return texts;
    }

    /// <summary>What the server keeps itself cannot disagree with the texts; only the index as a whole can be broken.</summary>
    public override async Task<IReadOnlyList<string>> FindFaultsAsync(MailStoreContext context, CancellationToken cancellationToken) =>
        await context.Database
            .SqlQuery<string>($"SELECT 'The search index is not valid: REINDEX it.' AS \"Value\" FROM pg_index WHERE indexrelid = to_regclass({$"\"{TrigramIndex.Name}\""}) AND NOT indisvalid")
            .ToListAsync(cancellationToken);

    static async Task<(bool IsMissing, string? Text)> FindFaultAsync(MailStoreContext context, CancellationToken cancellationToken)
    {
        var (name, table) = ($"\"{TrigramIndex.Name}\"", "content_texts");
        var state = await context.Database
            .SqlQuery<IndexState>($"""
                SELECT
                    to_regclass({name}) IS NOT NULL AS "IsThere",
                    NOT row_security_active({table}) OR (SELECT proleakproof FROM pg_proc WHERE oid = 'pg_catalog.textlike(text,text)'::regprocedure) AS "IsOfUse"
                """)
            .SingleAsync(cancellationToken);
        return state switch
        {
            { IsThere: false } => (true, "It has not been made."),
            { IsOfUse: false } => (false, "Row-level security keeps it from being used, unless a superuser says once in this database: ALTER FUNCTION pg_catalog.textlike(text, text) LEAKPROOF"),
            _ => (false, null),
        };
    }

    sealed record IndexState(bool IsThere, bool IsOfUse);
}
