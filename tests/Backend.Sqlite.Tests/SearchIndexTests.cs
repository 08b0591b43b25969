using Backend.EfCore;
using Backend.EfCore.Consistency;
using Backend.EfCore.Dialect;
using Backend.EfCore.Search;
using Backend.EfCore.Sqlite;
using Backend.EfCore.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Backend.Sqlite.Tests;

/// <summary>The text index: that it is used, filled in the background, emptied with the mail, and checked.</summary>
public sealed class SearchIndexTests
{
    static readonly SearchCriteria Kumquat = new(new SearchKey.Body("kumquat"));

    [Fact]
    public async Task A_search_goes_by_the_index()
    {
        var (store, user) = await SqliteStore.StartAsync(static options => options.IndexUse = TextIndexUse.Always);
        await using var _ = store;
        var inbox = await FillAsync(user, 3);
        await store.Internals.TextIndexer.IndexAllAsync(null, SqliteStore.Token);
        // As only a fault would have it.
        await store.ExecuteAsync("DELETE FROM search_bodies WHERE rowid = 2");

        Assert.Equal("1 3", await FindAsync(inbox));
        Assert.Contains("The text 2 is missing in the search index.", await FaultsAsync(store));
    }

    [Fact]
    public async Task Every_fault_of_the_index_is_told()
    {
        var (store, user) = await SqliteStore.StartAsync();
        await using var _ = store;
        await FillAsync(user, 2);
        await store.Internals.TextIndexer.IndexAllAsync(null, SqliteStore.Token);
        Assert.Empty(await FaultsAsync(store));

        await store.ExecuteAsync("INSERT INTO search_headers (rowid, text) VALUES (100, 'nobody'); INSERT INTO search_bodies (rowid, text) VALUES (101, 'nobody')");
        await store.ExecuteAsync("DELETE FROM search_bodies WHERE rowid = 1; INSERT INTO search_bodies (rowid, text) VALUES (1, 'another')");

        Assert.Equal(
            [
                "The search index has headers of a text 100 that is not there.",
                "The search index has a body of a text 101 that is not there.",
                "The search index does not find the body of the text 1.",
            ],
            await FaultsAsync(store));
    }

    [Fact]
    public async Task It_is_filled_in_the_background_and_goes_on_at_the_next_start()
    {
        var (store, user) = await SqliteStore.StartAsync();
        await using var _ = store;
        await FillAsync(user, 3);
        await WaitAsync(store, 3);
        await FillAsync(user, 2);
        await store.RestartAsync();
        Assert.Equal(3, await CountAsync(store));

        await store.Database.MigrateAsync(SqliteStore.Token);

        await WaitAsync(store, 5);
    }

    [Fact]
    public async Task Switched_off_it_stays_as_it_is_and_catches_up_when_it_is_on_again()
    {
        var isOn = true;
        var (store, user) = await SqliteStore.StartAsync(options =>
        {
            options.SearchIndex = isOn;
            options.IndexUse = TextIndexUse.Always;
        });
        await using var _ = store;
        await FillAsync(user, 2);
        await WaitAsync(store, 2);

        isOn = false;
        await store.RestartAsync();
        await store.Database.MigrateAsync(SqliteStore.Token);
        var inbox = await FillAsync(await store.Users.OpenUserAsync("alice", SqliteStore.Token), 2);
        for (var i = 0; i < 5; i++)
            await TickAsync(store);
        Assert.Equal(2, await CountAsync(store));
        Assert.Equal("1 2 3 4", await FindAsync(inbox));
        var refusal = await Assert.ThrowsAsync<BackendException>(() => store.Database.FillSearchIndexAsync(null, SqliteStore.Token));
        Assert.Equal(BackendError.Cannot, refusal.Error);

        isOn = true;
        await store.RestartAsync();
        Assert.Equal(new SearchIndexProgress(2, 2), await store.Database.FillSearchIndexAsync(null, SqliteStore.Token));
        Assert.Equal("1 2 3 4", await FindAsync(await (await store.Users.OpenUserAsync("alice", SqliteStore.Token)).GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token)));
        Assert.Empty(await FaultsAsync(store));
    }

    [Fact]
    public async Task What_is_swept_leaves_the_index_and_its_number_is_not_used_again()
    {
        var (store, user) = await SqliteStore.StartAsync(static options => options.IndexUse = TextIndexUse.Always);
        await using var _ = store;
        var inbox = await FillAsync(user, 3);
        await store.Internals.TextIndexer.IndexAllAsync(null, SqliteStore.Token);
        await inbox.UpdateMessagesFlagsAsync(UidSet.Parse("2:3"), FlagsOperation.Add, FlagSet.Of(Flag.Deleted), SqliteStore.Token);
        await inbox.ExpungeAsync(null, SqliteStore.Token);

        Assert.Equal(2, await store.Internals.Sweep.SweepAsync(1, SqliteStore.Token));

        Assert.Equal((1, 1), (await CountAsync(store), await store.ScalarAsync("SELECT count(*) FROM search_headers")));
        await FillAsync(user, 1);
        Assert.Equal("1 4", await FindAsync(inbox));
        await store.Internals.TextIndexer.IndexAllAsync(null, SqliteStore.Token);
        Assert.Equal("1 4", await FindAsync(inbox));
        Assert.Equal(4, await store.ScalarAsync("SELECT max(rowid) FROM search_bodies"));
        Assert.Empty(await FaultsAsync(store));
        await store.Users.RemoveUserAsync("alice", SqliteStore.Token);
        Assert.Equal((0, 0), (await CountAsync(store), await store.ScalarAsync("SELECT count(*) FROM search_headers")));
    }

    [Fact]
    public async Task Two_programs_fill_it_at_once_while_others_write()
    {
        var (store, user) = await SqliteStore.StartAsync(static options => options.IndexUse = TextIndexUse.Always);
        await using var _ = store;
        await using var second = SqliteStore.OpenSecond(store.File, store.Clock);
        var inbox = await FillAsync(user, 250);

        var appending = FillAsync(user, 50);
        await Task.WhenAll(
            Task.Run(() => store.Internals.TextIndexer.IndexAllAsync(null, SqliteStore.Token), SqliteStore.Token),
            Task.Run(() => second.Internals.TextIndexer.IndexAllAsync(null, SqliteStore.Token), SqliteStore.Token),
            appending);
        await store.Internals.TextIndexer.IndexAllAsync(null, SqliteStore.Token);

        Assert.Equal(300, (await FindAsync(inbox)).Split(' ').Length);
        Assert.Equal(300, await CountAsync(store));
        Assert.Empty(await FaultsAsync(store));
    }

    [Fact]
    public async Task The_index_survives_a_vacuum()
    {
        var (store, user) = await SqliteStore.StartAsync(static options => options.IndexUse = TextIndexUse.Always);
        await using var _ = store;
        var inbox = await FillAsync(user, 3);
        await store.Internals.TextIndexer.IndexAllAsync(null, SqliteStore.Token);
        await store.ExecuteAsync("DELETE FROM messages WHERE uid = 1; DELETE FROM contents WHERE content_id % 10 = 1; UPDATE mailboxes SET messages = 2");

        await store.ExecuteAsync("VACUUM");

        Assert.Equal("2 3", await FindAsync(inbox));
        Assert.Empty(await store.Internals.ReadConsistentlyAsync(Lease.ForStore, store.Internals.Dialect.TextIndex.FindFaultsAsync, SqliteStore.Token));
    }

    [Fact]
    public async Task The_texts_of_an_older_store_are_kept_and_wait_and_the_way_back_keeps_them_too()
    {
        var (store, user) = await SqliteStore.StartAsync(static options => options.IndexInBackground = false);
        await using var _ = store;
        await FillAsync(user, 3);
        await store.Internals.TextIndexer.IndexAllAsync(null, SqliteStore.Token);
        await MigrateAsync(store, "Initial");
        Assert.Equal(3, await store.ScalarAsync("SELECT count(*) FROM content_texts WHERE body LIKE '%KUMQUAT%'"));
        Assert.Equal(0, await store.ScalarAsync("SELECT count(*) FROM sqlite_master WHERE name LIKE 'search_%' OR name LIKE '%content_texts_search%'"));

        await store.Database.MigrateAsync(SqliteStore.Token);

        Assert.Equal((3, 0), (await store.ScalarAsync("SELECT count(DISTINCT id) FROM content_texts"), await CountAsync(store)));
        Assert.Equal(new SearchIndexProgress(3, 3), await store.Database.FillSearchIndexAsync(null, SqliteStore.Token));
        Assert.Empty(await FaultsAsync(store));
    }

    [Theory]
    [InlineData("ab", false)]
    [InlineData("abc", true)]
    [InlineData("😀😃", false)]
    [InlineData("😀😃😄", true)]
    [InlineData("本語", false)]
    public void Three_code_points_make_a_trigram(string text, bool has) => Assert.Equal(has, Trigrams.HasAny(text));

    [Fact]
    public void A_query_quotes_and_does_not_grow_with_the_needle()
    {
        Assert.Equal("\"A\"\"B\" AND \"\"\"BC\"", Trigrams.Query(["A\"BC"]));
        var query = Trigrams.Query([string.Concat(Enumerable.Range(0, 10_000).Select(static i => (char)(0x4E00 + i)))]);
        Assert.Equal(24, query.Split(" AND ").Length);
        Assert.StartsWith("\"\u4E00\u4E01\u4E02\"", query, StringComparison.Ordinal);
        Assert.EndsWith($"\"{(char)(0x4E00 + 9997)}{(char)(0x4E00 + 9998)}{(char)(0x4E00 + 9999)}\"", query, StringComparison.Ordinal);
    }

    /// <summary>What a small mailbox or a word that is everywhere asks is looked up in the messages themselves; the index that lies says which it was.</summary>
    [Fact]
    public async Task The_index_is_asked_where_that_is_quicker()
    {
        var (store, user) = await SqliteStore.StartAsync(static options => options.IndexInBackground = false);
        await using var _ = store;
        await user.CreateMailboxAsync(MailboxName.Parse("Small"), CreateOptions.Default, SqliteStore.Token);
        var small = await user.GetMailboxAsync(MailboxName.Parse("Small"), SqliteStore.Token);
        await small.CreateMessageAsync(SqliteStore.Message("kumquat"), AppendOptions.Default, SqliteStore.Token);
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        await Task.WhenAll(Enumerable.Range(0, 600).Select(i => inbox.CreateMessageAsync(SqliteStore.Message(i % 100 == 0 ? "kumquat everywhere" : "plum everywhere"), AppendOptions.Default, SqliteStore.Token)));
        await store.Internals.TextIndexer.IndexAllAsync(null, SqliteStore.Token);
        await store.ExecuteAsync("INSERT INTO search_bodies (search_bodies) VALUES ('delete-all'); INSERT INTO search_bodies (rowid, text) SELECT id, '' FROM content_texts");

        Assert.Empty(await FindAsync(inbox));
        Assert.Equal("1", await FindAsync(small));
        // Nothing is indexed any longer, so all wait.
        await store.ExecuteAsync("INSERT INTO search_bodies (search_bodies) VALUES ('delete-all')");
        Assert.Equal(6, (await FindAsync(inbox)).Split(' ').Length);
        await store.ExecuteAsync("INSERT INTO search_bodies (rowid, text) SELECT id, 'EVERYWHERE' FROM content_texts");
        Assert.Equal(600, (await inbox.SearchMessagesAsync(new SearchCriteria(new SearchKey.Body("everywhere")), SqliteStore.Token)).Enumerate().Count());
        Assert.Empty(await FindAsync(inbox));
    }

    /// <summary>Without statistics SQLite would take the index of the user's texts, and go through all of them.</summary>
    [Fact]
    public async Task Texts_are_looked_up_by_their_numbers()
    {
        var (store, _) = await SqliteStore.StartAsync();
        await using var owned = store;

        var plans = await store.Internals.ReadAsync(
            Lease.ForUser(1),
            static async (context, token) =>
            {
                var index = context.Dialect.TextIndex;
                var plans = new List<string>();
                foreach (var texts in new[] { index.Candidates(context, 1, TextColumns.Body, ["KUMQUAT"]), index.Candidates(context, 1, TextColumns.Headers | TextColumns.Body, ["KUMQUAT"]), index.Waiting(context, 1) })
                {
                    await using var command = texts.Select(static text => text.ContentId).CreateDbCommand();
                    await context.Database.OpenConnectionAsync(token);
                    command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
                    await using var reader = await command.ExecuteReaderAsync(token);
                    var steps = new List<string>();
                    while (await reader.ReadAsync(token))
                        steps.Add(reader.GetString(3));
                    plans.Add(string.Join('\n', steps));
                }

                return plans;
            },
            SqliteStore.Token);

        Assert.Equal(3, plans.Count);
        Assert.All(plans, static plan => Assert.Contains("SEARCH content_texts USING INTEGER PRIMARY KEY", plan, StringComparison.Ordinal));
    }

    static Task<bool> MigrateAsync(SqliteStore store, string migration) => store.Internals.ReadAsync(
        Lease.ForStore,
        async (context, token) =>
        {
            await context.GetService<IMigrator>().MigrateAsync(migration, token);
            return true;
        },
        SqliteStore.Token);

    static async Task<IMailbox> FillAsync(IUser user, int count)
    {
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        for (var i = 0; i < count; i++)
            await inbox.CreateMessageAsync(SqliteStore.Message($"Number {i}: kumquat.\r\n"), AppendOptions.Default, SqliteStore.Token);
        return inbox;
    }

    static async Task<string> FindAsync(IMailbox mailbox) => string.Join(' ', (await mailbox.SearchMessagesAsync(Kumquat, SqliteStore.Token)).Enumerate());

    static Task<long> CountAsync(SqliteStore store) => store.ScalarAsync("SELECT count(*) FROM search_bodies");

    static Task<IReadOnlyList<string>> FaultsAsync(SqliteStore store) => new Invariants(store.Internals).CheckAsync(SqliteStore.Token);

    static async Task WaitAsync(SqliteStore store, int count)
    {
        for (var i = 0; await CountAsync(store) < count; i++)
        {
            Assert.True(i < 300, "The index is not filled.");
            await TickAsync(store);
        }
    }

    static async Task TickAsync(SqliteStore store)
    {
        store.Clock.Advance(TimeSpan.FromSeconds(1));
        await Task.Delay(10, SqliteStore.Token);
    }
}
