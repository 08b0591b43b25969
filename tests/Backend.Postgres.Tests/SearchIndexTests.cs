using Backend.EfCore;
using Backend.EfCore.Consistency;
using Backend.EfCore.Dialect;
using Backend.EfCore.Postgres;
using Backend.EfCore.Search;
using Backend.EfCore.Tenancy;
using Npgsql;
using Postgres.Testing;

namespace Backend.Postgres.Tests;

/// <summary>The text index: that the server uses it, that it is filled in the background, and what happens where it cannot be made or used.</summary>
public sealed class SearchIndexTests(TestServer server)
{
    /// <summary>Texts enough that the server finds the index worth it.</summary>
    const string ManyTexts = """
        INSERT INTO contents (user_id, content_id, size, subject, "from", "to", cc, envelope, body_structure, layout, header_fields, preview, is_text_complete)
        SELECT 1, n, 1, '', '', '', '', '', '', '', '', '', true FROM generate_series(1000000, 1003000) AS n;
        INSERT INTO content_texts (user_id, content_id, header, part_header, body, is_indexed)
        SELECT 1, n, '', '', repeat(md5(n::text) || ' ', 40), true FROM generate_series(1000000, 1003000) AS n;
        ANALYZE content_texts
        """;

    const string Plan = "EXPLAIN (FORMAT JSON) SELECT content_id FROM content_texts WHERE user_id = 1 AND is_indexed AND body LIKE '%KUMQUAT%'";

    [Fact]
    public async Task The_server_goes_by_the_index_and_by_that_of_what_waits()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync(), static options => options.IndexInBackground = false);
        await using var _ = store;
        await FillAsync(user, 2);
        await store.ExecuteAsync(ManyTexts);

        Assert.Contains("IX_content_texts_trigrams", await store.ScalarAsync<string>(Plan), StringComparison.Ordinal);
        Assert.Contains("IX_content_texts_waiting", await store.ScalarAsync<string>(Plan.Replace("is_indexed", "NOT is_indexed", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_filled_in_the_background_and_goes_on_at_the_next_start()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync());
        await using var _ = store;
        await FillAsync(user, 3);
        await WaitAsync(store, 3);
        await FillAsync(user, 2);
        await store.RestartAsync();

        await store.Database.MigrateAsync(PostgresStore.Token);

        await WaitAsync(store, 5);
        Assert.Empty(await new Invariants(store.Internals).CheckAsync(PostgresStore.Token));
    }

    [Fact]
    public async Task Two_programs_fill_it_at_once_while_others_write()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync(), static options => options.IndexUse = TextIndexUse.Always);
        await using var _ = store;
        await using var second = store.OpenSecond();
        var inbox = await FillAsync(user, 250);

        await Task.WhenAll(
            store.Internals.TextIndexer.IndexAllAsync(null, PostgresStore.Token),
            second.Internals.TextIndexer.IndexAllAsync(null, PostgresStore.Token),
            FillAsync(user, 50));
        await store.Internals.TextIndexer.IndexAllAsync(null, PostgresStore.Token);

        Assert.Equal(300, await CountAsync(inbox));
        Assert.Equal(300L, await store.ScalarAsync<long>("SELECT count(*) FROM content_texts WHERE is_indexed"));
    }

    [Fact]
    public async Task Switched_off_nothing_is_indexed_and_all_is_found()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync(), static options => options.SearchIndex = false);
        await using var _ = store;
        var inbox = await FillAsync(user, 3);

        var refusal = await Assert.ThrowsAsync<BackendException>(() => store.Database.FillSearchIndexAsync(null, PostgresStore.Token));

        Assert.Equal(BackendError.Cannot, refusal.Error);
        Assert.Equal(3, await CountAsync(inbox));
        Assert.Equal(0L, await store.ScalarAsync<long>("SELECT count(*) FROM content_texts WHERE is_indexed"));
    }

    [Fact]
    public async Task Where_the_index_is_missing_the_owner_gets_it_at_the_next_start()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync(), static options => options.IndexUse = TextIndexUse.Always);
        await using var _ = store;
        await FillAsync(user, 3);
        await store.ExecuteAsync("DROP INDEX \"IX_content_texts_trigrams\"; DROP EXTENSION pg_trgm; DROP EXTENSION btree_gin");

        await store.RestartAsync();

        Assert.Equal(new SearchIndexProgress(3, 3), await store.Database.FillSearchIndexAsync(null, PostgresStore.Token));
        Assert.Equal(1L, await store.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relname = 'IX_content_texts_trigrams'"));
        Assert.Equal(3, await CountAsync(await OpenAsync(store)));
    }

    [Fact]
    public async Task Two_programs_that_make_the_missing_index_at_once_both_use_it()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync(), static options => options.IndexInBackground = false);
        await using var _ = store;
        await FillAsync(user, 3);
        await store.ExecuteAsync("DROP INDEX \"IX_content_texts_trigrams\"; DROP EXTENSION pg_trgm; DROP EXTENSION btree_gin");
        await store.RestartAsync();
        await using var other = new NpgsqlConnection(store.AdministratorString);
        await other.OpenAsync(PostgresStore.Token);
        await using var making = new NpgsqlCommand($"BEGIN; {TrigramIndex.Create}", other);
        await making.ExecuteNonQueryAsync(PostgresStore.Token);

        var filling = store.Database.FillSearchIndexAsync(null, PostgresStore.Token);
        while (await store.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
            await Task.Delay(10, PostgresStore.Token);
        await using var ending = new NpgsqlCommand("COMMIT", other);
        await ending.ExecuteNonQueryAsync(PostgresStore.Token);

        Assert.Equal(new SearchIndexProgress(3, 3), await filling);
    }

    [Fact]
    public async Task Where_it_cannot_be_made_searches_do_without_and_the_operator_learns_what_to_do()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync(), static options => options.IndexInBackground = false);
        await using var _ = store;
        await FillAsync(user, 3);
        await store.ExecuteAsync("DROP INDEX \"IX_content_texts_trigrams\"; DROP EXTENSION pg_trgm; DROP EXTENSION btree_gin");
        await AsOtherRoleAsync(store, async other =>
        {
            var refusal = await Assert.ThrowsAsync<BackendException>(() => other.Database.FillSearchIndexAsync(null, PostgresStore.Token));
            Assert.Equal(BackendError.Cannot, refusal.Error);
            Assert.Contains("permission denied", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("CREATE EXTENSION pg_trgm", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(3, await CountAsync(await OpenAsync(other)));
        });
    }

    /// <summary>A migration by who may not make extensions warns, and makes all else.</summary>
    [Fact]
    public async Task A_migration_does_not_fail_for_lack_of_extensions()
    {
        await using var store = new PostgresStore(await server.StartAsync());
        await store.CreateDatabaseAsync();
        await AsOtherRoleAsync(store, static async other =>
        {
            Assert.NotEmpty(await other.Database.MigrateAsync(PostgresStore.Token));
            await other.Users.AddUserAsync("alice", "secret", PostgresStore.Token);
            Assert.Equal(1, await CountAsync(await FillAsync(await other.Users.OpenUserAsync("alice", PostgresStore.Token), 1)));
        });
        Assert.Equal(0L, await store.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relname = 'IX_content_texts_trigrams'"));
    }

    /// <summary>An operator that may tell of what it compares is not asked before row-level security was; so the index of LIKE is of no use there.</summary>
    [Fact]
    public async Task Under_row_level_security_the_operator_like_has_to_be_leakproof()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync(), static options => options.IndexInBackground = false);
        await using var _ = store;
        await FillAsync(user, 3);
        await store.ExecuteAsync(ManyTexts);
        await store.ExecuteAsync("ALTER FUNCTION pg_catalog.textlike(text, text) NOT LEAKPROOF");
        await AsOtherRoleAsync(store, async other =>
        {
            var refusal = await Assert.ThrowsAsync<BackendException>(() => other.Database.FillSearchIndexAsync(null, PostgresStore.Token));
            Assert.Contains("ALTER FUNCTION pg_catalog.textlike(text, text) LEAKPROOF", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(3, await CountAsync(await OpenAsync(other)));
            Assert.DoesNotContain("~~", await IndexConditionsAsync(other), StringComparison.Ordinal);

            await store.ExecuteAsync("ALTER FUNCTION pg_catalog.textlike(text, text) LEAKPROOF");
            await other.RestartAsync();

            Assert.Equal(new SearchIndexProgress(3, 3), await other.Database.FillSearchIndexAsync(null, PostgresStore.Token));
            Assert.Equal(3, await CountAsync(await OpenAsync(other)));
            Assert.Contains("~~", await IndexConditionsAsync(other), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_word_that_is_everywhere_is_not_looked_up()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync(), static options => options.IndexInBackground = false);
        await using var _ = store;
        await FillAsync(user, 1);
        await store.ExecuteAsync(ManyTexts);
        await store.ExecuteAsync("UPDATE content_texts SET body = body || 'EVERYWHERE' WHERE content_id % 10 > 0; UPDATE content_texts SET body = body || 'SELDOM' WHERE content_id % 100 = 0; UPDATE mailboxes SET messages = 3000");

        Assert.True(await GivesMoreThanAsync("EVERYWHERE", 2000));
        Assert.False(await GivesMoreThanAsync("SELDOM", 2000));
        Assert.False(await GivesMoreThanAsync("NOWHERE", 2000));
        // In a mailbox with a small part of the mail.
        Assert.True(await GivesMoreThanAsync("EVERYWHERE", 20));
        Assert.True(await GivesMoreThanAsync("SELDOM", 20));
        Assert.False(await GivesMoreThanAsync("SELDOM", 40));

        Task<bool> GivesMoreThanAsync(string needle, long count) => store.Internals.ReadAsync(
            Lease.ForUser(1),
            (context, token) => context.Dialect.TextIndex.GivesMoreThanAsync(context, 1, TextColumns.Body, [needle], count, token),
            PostgresStore.Token);
    }

    static async Task<string> IndexConditionsAsync(PostgresStore store) =>
        string.Join('\n', ((string)(await PostgresServer.ExecuteAsync(store.ConnectionString, Plan, PostgresStore.Token))!).Split('\n').Where(static line => line.Contains("Index Cond", StringComparison.Ordinal)));

    /// <summary>Works as a role that owns nothing, and may use everything that is there.</summary>
    static async Task AsOtherRoleAsync(PostgresStore store, Func<PostgresStore, Task> work)
    {
        var role = $"other_{Guid.NewGuid():N}";
        var settings = new NpgsqlConnectionStringBuilder(store.ConnectionString) { Username = role, Password = "x" };
        await store.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'x'; GRANT ALL ON SCHEMA public TO {role}; GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}; GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {role}");
        try
        {
            await using var other = store.OpenAs(settings.ConnectionString, static options =>
            {
                options.IndexInBackground = false;
                options.IndexUse = TextIndexUse.Always;
            });
            await work(other);
        }
        finally
        {
            await store.ExecuteAsync($"DROP OWNED BY {role} CASCADE; DROP ROLE {role}");
        }
    }

    static async Task<IMailbox> FillAsync(IUser user, int count)
    {
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, PostgresStore.Token);
        for (var i = 0; i < count; i++)
            await inbox.CreateMessageAsync(PostgresStore.Message($"Number {i}: kumquat.\r\n"), AppendOptions.Default, PostgresStore.Token);
        return inbox;
    }

    static async Task<IMailbox> OpenAsync(PostgresStore store) =>
        await (await store.Users.OpenUserAsync("alice", PostgresStore.Token)).GetMailboxAsync(MailboxName.Inbox, PostgresStore.Token);

    static async Task<int> CountAsync(IMailbox mailbox) =>
        (await mailbox.SearchMessagesAsync(new SearchCriteria(new SearchKey.Body("kumquat")), PostgresStore.Token)).Enumerate().Count();

    static async Task WaitAsync(PostgresStore store, long count)
    {
        for (var i = 0; await store.ScalarAsync<long>("SELECT count(*) FROM content_texts WHERE is_indexed") < count; i++)
        {
            Assert.True(i < 600, "The index is not filled.");
            await Task.Delay(50, PostgresStore.Token);
        }
    }
}
