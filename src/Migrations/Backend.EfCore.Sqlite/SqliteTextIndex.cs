using Backend.EfCore.Dialect;
using Backend.EfCore.Entities;

namespace Backend.EfCore.Sqlite;

/// <summary>
/// Two FTS5 tables of trigrams, one of the headers and one of the bodies, that keep no text and no positions. Their rowid is the text's id, which rises
/// with each commit and is never used again; so what is above the last that they hold waits. A trigger removes a text from them.
/// </summary>
sealed class SqliteTextIndex : TextIndex
{
    /// <summary>The shadow property of a text that its rowid is.</summary>
    public const string Id = "Id";

    /// <summary>How many texts a transaction takes at most.</summary>
    const int MaxTexts = 100;

    /// <summary>A transaction takes no further text once it has this many octets: about 10 ms of work, for which other writers wait.</summary>
    const long MaxOctets = 64 * 1024;

    public override bool CanNarrow(string needle) => Trigrams.HasAny(needle);

    public override IQueryable<ContentTextEntity> Candidates(MailStoreContext context, int userId, TextColumns columns, IReadOnlyList<string> needles)
    {
        var query = Trigrams.Query(needles);
        // By the list of what was found: as a join or EXISTS it would ask the index for each text. NOT INDEXED leaves the id, and keeps SQLite from going
        // through all texts of the user.
        return (columns switch
        {
            TextColumns.Headers => context.ContentTexts.FromSql($"SELECT * FROM content_texts NOT INDEXED WHERE id IN (SELECT rowid FROM search_headers WHERE search_headers MATCH {query})"),
            TextColumns.Body => context.ContentTexts.FromSql($"SELECT * FROM content_texts NOT INDEXED WHERE id IN (SELECT rowid FROM search_bodies WHERE search_bodies MATCH {query})"),
            _ => context.ContentTexts.FromSql($"""
                SELECT * FROM content_texts NOT INDEXED
                WHERE id IN (
                    SELECT rowid FROM search_headers WHERE search_headers MATCH {query}
                    UNION ALL
                    SELECT rowid FROM search_bodies WHERE search_bodies MATCH {query}
                )
                """),
        }).Where(text => text.UserId == userId);
    }

    public override IQueryable<ContentTextEntity> Waiting(MailStoreContext context, int userId) =>
        context.ContentTexts
            .FromSql($"SELECT * FROM content_texts NOT INDEXED WHERE id > coalesce((SELECT rowid FROM search_bodies ORDER BY rowid DESC LIMIT 1), 0)")
            .Where(text => text.UserId == userId);

    public override async Task<bool> GivesMoreThanAsync(MailStoreContext context, int userId, TextColumns columns, IReadOnlyList<string> needles, long count, CancellationToken cancellationToken)
    {
        var query = Trigrams.Query(needles);
        var limit = count + 1;
        var given = 0L;
        if (columns.HasFlag(TextColumns.Headers))
            given += await context.Database
                .SqlQuery<long>($"SELECT count(*) AS Value FROM (SELECT rowid FROM search_headers WHERE search_headers MATCH {query} LIMIT {limit})")
                .SingleAsync(cancellationToken);
        if (columns.HasFlag(TextColumns.Body))
            given += await context.Database
                .SqlQuery<long>($"SELECT count(*) AS Value FROM (SELECT rowid FROM search_bodies WHERE search_bodies MATCH {query} LIMIT {limit})")
                .SingleAsync(cancellationToken);
        return given > count;
    }

    public override async Task<int> FillAsync(MailStoreContext context, int userId, CancellationToken cancellationToken)
    {
        var waiting = await context.Database
            .SqlQuery<WaitingText>($"""
                SELECT id, octet_length(header) + octet_length(part_header) + octet_length(body) AS octets
                FROM content_texts
                WHERE id > coalesce((SELECT rowid FROM search_bodies ORDER BY rowid DESC LIMIT 1), 0)
                ORDER BY id
                LIMIT {MaxTexts}
                """)
            .ToListAsync(cancellationToken);
        var (taken, octets) = (0, 0L);
        while (taken < waiting.Count && (taken == 0 || octets + waiting[taken].Octets <= MaxOctets))
            octets += waiting[taken++].Octets;
        if (taken == 0)
            return 0;
        var (first, last) = (waiting[0].Id, waiting[taken - 1].Id);
        await context.Database.ExecuteSqlAsync($"INSERT INTO search_headers (rowid, text) SELECT id, header || part_header FROM content_texts WHERE id BETWEEN {first} AND {last}", cancellationToken);
        await context.Database.ExecuteSqlAsync($"INSERT INTO search_bodies (rowid, text) SELECT id, body FROM content_texts WHERE id BETWEEN {first} AND {last}", cancellationToken);
        return taken;
    }

    public override async Task<IReadOnlyList<string>> FindFaultsAsync(MailStoreContext context, CancellationToken cancellationToken)
    {
        var faults = await context.Database
            .SqlQuery<string>($"""
                SELECT 'The text ' || id || ' is missing in the search index.' AS Value FROM content_texts
                WHERE id <= (SELECT rowid FROM search_bodies ORDER BY rowid DESC LIMIT 1)
                    AND (id NOT IN (SELECT rowid FROM search_headers) OR id NOT IN (SELECT rowid FROM search_bodies))
                UNION ALL
                SELECT 'The search index has headers of a text ' || rowid || ' that is not there.' FROM search_headers WHERE rowid NOT IN (SELECT id FROM content_texts)
                UNION ALL
                SELECT 'The search index has a body of a text ' || rowid || ' that is not there.' FROM search_bodies WHERE rowid NOT IN (SELECT id FROM content_texts)
                """)
            .ToListAsync(cancellationToken);
        var texts = context.Database
            .SqlQuery<IndexedText>($"""
                SELECT id, header || part_header AS headers, body FROM content_texts
                WHERE id <= (SELECT rowid FROM search_bodies ORDER BY rowid DESC LIMIT 1)
                """);
        foreach (var text in await texts.ToListAsync(cancellationToken))
        {
            if (Trigrams.HasAny(text.Headers) && !await IsAsync(context, $"SELECT count(*) AS Value FROM search_headers WHERE search_headers MATCH {Trigrams.Query([text.Headers])} AND rowid = {text.Id}", cancellationToken))
                faults.Add($"The search index does not find the headers of the text {text.Id}.");
            if (Trigrams.HasAny(text.Body) && !await IsAsync(context, $"SELECT count(*) AS Value FROM search_bodies WHERE search_bodies MATCH {Trigrams.Query([text.Body])} AND rowid = {text.Id}", cancellationToken))
                faults.Add($"The search index does not find the body of the text {text.Id}.");
        }

        return faults;
    }

    static async Task<bool> IsAsync(MailStoreContext context, FormattableString query, CancellationToken cancellationToken) =>
        await context.Database.SqlQuery<long>(query).SingleAsync(cancellationToken) == 1;

    sealed record WaitingText(long Id, long Octets);

    sealed record IndexedText(long Id, string Headers, string Body);
}
