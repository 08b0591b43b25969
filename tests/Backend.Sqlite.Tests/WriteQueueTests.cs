using Backend.EfCore.Consistency;
using Backend.EfCore.Tenancy;

namespace Backend.Sqlite.Tests;

/// <summary>Writes share transactions, and yet each stands or falls alone.</summary>
public sealed class WriteQueueTests
{
    [Fact]
    public async Task One_bad_append_among_many_fails_alone()
    {
        var (store, user) = await SqliteStore.StartAsync(static options => options.MaxKeywordsPerUser = 3);
        await using var _ = store;
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        var bad = FlagSet.Of("a b c d".Split(' ').Select(Flag.Parse));

        var appends = Enumerable.Range(0, 50).Select(i => inbox.CreateMessageAsync(SqliteStore.Message(), i == 25 ? new AppendOptions { Flags = bad } : AppendOptions.Default, SqliteStore.Token)).ToList();
        var refused = await Assert.ThrowsAsync<BackendException>(() => appends[25]);
        appends.RemoveAt(25);
        var uids = (await Task.WhenAll(appends)).Select(static append => append.Uid.Value);

        Assert.Equal(BackendError.Limit, refused.Error);
        Assert.Equal(Enumerable.Range(1, 49).Select(static uid => (uint)uid), uids.Order());
        Assert.Empty(await new Invariants(store.Internals).CheckAsync(SqliteStore.Token));
        Assert.Equal(0, await store.ScalarAsync("SELECT count(*) FROM keywords"));
    }

    [Fact]
    public async Task A_write_that_fails_in_the_database_takes_none_of_its_group_with_it()
    {
        var (store, user) = await SqliteStore.StartAsync();
        await using var _ = store;
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);

        var first = inbox.CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, SqliteStore.Token);
        var broken = store.Internals.WriteAsync(
            Lease.ForStore,
            static async (scope, token) => await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(scope.Context.Database, "INSERT INTO messages (user_id) VALUES (NULL)", token),
            SqliteStore.Token);
        var second = inbox.CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, SqliteStore.Token);

        await Assert.ThrowsAsync<BackendException>(() => broken);
        var uids = (await Task.WhenAll(first, second)).Select(static append => append.Uid.Value);
        Assert.Equal([1u, 2u], uids.Order());
    }

    [Fact]
    public async Task Writes_in_line_are_finished_when_the_store_ends()
    {
        var (store, user) = await SqliteStore.StartAsync();
        await using var _ = store;
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        var appends = Enumerable.Range(0, 30).Select(_ => inbox.CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, SqliteStore.Token)).ToArray();
        await appends[0];

        await store.RestartAsync();
        var finished = 0;
        foreach (var append in appends)
            finished += await Record.ExceptionAsync(() => append) is null ? 1 : 0;

        Assert.Equal(finished, await store.ScalarAsync("SELECT count(*) FROM messages"));
    }

    [Fact]
    public async Task Two_stores_on_one_file_write_at_the_same_time_and_neither_is_refused()
    {
        var (store, user) = await SqliteStore.StartAsync();
        await using var _ = store;
        var (clock, file) = (store.Clock, store.File);
        await using var second = SqliteStore.OpenSecond(file, clock);
        var inboxes = new[]
        {
            await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token),
            await (await second.Users.OpenUserAsync("alice", SqliteStore.Token)).GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token),
        };

        var uids = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => inboxes[i % 2].CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, SqliteStore.Token)));

        Assert.Equal(200, uids.Distinct().Count());
        Assert.Empty(await new Invariants(store.Internals).CheckAsync(SqliteStore.Token));
    }

    [Fact]
    public async Task A_message_of_many_chunks_comes_back_octet_for_octet_with_little_memory()
    {
        const int Size = 50 * 1024 * 1024;
        var (store, user) = await SqliteStore.StartAsync();
        await using var _ = store;
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = 0L;

        await inbox.CreateMessageAsync(new PatternStream(Size, Watch), AppendOptions.Default, SqliteStore.Token);
        await foreach (var message in inbox.ListMessagesAsync(UidSet.All, FetchItems.WholeBody, SqliteStore.Token))
        {
            var check = new PatternCheck(Watch);
            await message.Sections[0].Content!.CopyToAsync(check, SqliteStore.Token);
            Assert.Equal(Size, check.Checked);
        }

        Assert.True(peak < 20 * 1024 * 1024, $"{peak} octets were live at once.");

        void Watch() => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
    }
}
