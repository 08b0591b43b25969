namespace Backend.EfCore.Postgres;

/// <summary>The SQL that makes the text index.</summary>
static class TrigramIndex
{
    /// <summary>Its name.</summary>
    public const string Name = "IX_content_texts_trigrams";

    /// <summary>
    /// Makes it where it is missing. Over the texts that are marked only, so that an append pays nothing. What is added waits in a list that is merged
    /// now and then (fastupdate): without, a text took 14 times as long and as much log.
    /// </summary>
    public const string Create = $"""
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE EXTENSION IF NOT EXISTS btree_gin;
        CREATE INDEX IF NOT EXISTS "{Name}" ON content_texts
            USING gin (user_id, header gin_trgm_ops, part_header gin_trgm_ops, body gin_trgm_ops)
            WITH (fastupdate = on, gin_pending_list_limit = 1024)
            WHERE is_indexed;
        """;

    /// <summary>The same for a migration: where it cannot be made the migration goes on, and searches do without.</summary>
    public const string TryCreate = $"""
        DO $index$
        BEGIN
            {Create}
        EXCEPTION WHEN OTHERS THEN
            RAISE WARNING 'There will be no search index: % {Advice}', SQLERRM;
        END
        $index$;
        """;

    /// <summary>What to do where it cannot be made. Without quotes, since it stands in SQL.</summary>
    public const string Advice = "Install the contrib package of PostgreSQL on the server, let the owner of the database or a superuser run CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gin; and start the mail store again as owner of the tables.";
}
