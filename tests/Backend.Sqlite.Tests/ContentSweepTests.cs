using Backend.EfCore.Consistency;
using Backend.EfCore.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Backend.Sqlite.Tests;

/// <summary>Contents go when the last message that refers to them has gone, and not before.</summary>
public sealed class ContentSweepTests
{
    static readonly FlagSet Deleted = FlagSet.Of(Flag.Deleted);

    [Fact]
    public async Task A_content_stays_as_long_as_one_copy_of_it()
    {
        var (store, user) = await SqliteStore.StartAsync();
        await using var _ = store;
        await user.CreateMailboxAsync(MailboxName.Parse("Copies"), CreateOptions.Default, SqliteStore.Token);
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        await inbox.CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, SqliteStore.Token);
        await inbox.CopyMessagesAsync(UidSet.All, MailboxName.Parse("Copies"), SqliteStore.Token);
        await ExpungeAllAsync(inbox);

        Assert.Equal(0, await SweepAsync(store));

        await ExpungeAllAsync(await user.GetMailboxAsync(MailboxName.Parse("Copies"), SqliteStore.Token));

        Assert.Equal(1, await SweepAsync(store));
        Assert.Equal((0, 0), (await store.ScalarAsync("SELECT count(*) FROM content_chunks"), await store.ScalarAsync("SELECT count(*) FROM content_texts")));
    }

    [Fact]
    public async Task Two_copies_expunged_together_leave_nothing()
    {
        var (store, user) = await SqliteStore.StartAsync();
        await using var _ = store;
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        await inbox.CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, SqliteStore.Token);
        await inbox.CopyMessagesAsync(UidSet.All, MailboxName.Inbox, SqliteStore.Token);
        await ExpungeAllAsync(inbox);

        Assert.Equal(1, await SweepAsync(store));
        Assert.Equal(0, await store.ScalarAsync("SELECT count(*) FROM contents"));
    }

    [Fact]
    public async Task The_sweep_comes_by_itself_some_time_after_a_mailbox_was_deleted()
    {
        var (store, user) = await SqliteStore.StartAsync();
        await using var _ = store;
        var name = MailboxName.Parse("Old");
        await user.CreateMailboxAsync(name, CreateOptions.Default, SqliteStore.Token);
        await (await user.GetMailboxAsync(name, SqliteStore.Token)).CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, SqliteStore.Token);
        await user.DeleteMailboxAsync(name, SqliteStore.Token);

        for (var waited = 0; await store.ScalarAsync("SELECT count(*) FROM contents") > 0; waited++)
        {
            Assert.True(waited < 200, "The sweep did not come.");
            store.Clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Delay(25, SqliteStore.Token);
        }
    }

    [Fact]
    public async Task A_message_can_be_read_for_a_while_after_its_expunge_also_when_others_went_before()
    {
        var (store, user) = await SqliteStore.StartAsync();
        await using var _ = store;
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        await inbox.CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, SqliteStore.Token);
        await inbox.CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, SqliteStore.Token);
        await ExpungeAsync(inbox, "1");
        for (var i = 0; i < 10; i++)
            await TickAsync(store);
        await ExpungeAsync(inbox, "2");
        var gone = store.Clock.GetUtcNow();

        while (await store.ScalarAsync("SELECT count(*) FROM contents WHERE content_id & 4294967295 = 2") > 0)
        {
            Assert.True(store.Clock.GetUtcNow() < gone.AddMinutes(10), "The sweep did not come.");
            await TickAsync(store);
        }

        Assert.True(store.Clock.GetUtcNow() - gone >= TimeSpan.FromSeconds(30), $"It was there for {store.Clock.GetUtcNow() - gone} only.");
    }

    [Fact]
    public async Task What_a_failed_sweep_left_goes_in_the_next()
    {
        var (store, user) = await SqliteStore.StartAsync();
        await using var _ = store;
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        await inbox.CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, SqliteStore.Token);
        await store.ExecuteAsync("CREATE TRIGGER refuse BEFORE DELETE ON contents BEGIN SELECT RAISE(ABORT, 'not now'); END");
        await ExpungeAsync(inbox, "1");
        for (var i = 0; i < 100; i++)
            await TickAsync(store);
        Assert.Equal(1, await store.ScalarAsync("SELECT count(*) FROM contents"));
        await store.ExecuteAsync("DROP TRIGGER refuse");

        for (var i = 0; await store.ScalarAsync("SELECT count(*) FROM contents") > 0; i++)
        {
            Assert.True(i < 200, "The sweep did not come again.");
            await TickAsync(store);
        }
    }

    [Fact]
    public async Task A_session_catches_up_rightly_when_the_log_of_changes_was_pruned()
    {
        var (store, user) = await SqliteStore.StartAsync();
        await using var _ = store;
        var inbox = (IUpdaterMailbox)await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        for (var i = 0; i < 5; i++)
            await inbox.CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, SqliteStore.Token);
        var since = (await inbox.SelectAsync(SelectOptions.ReadOnly, SqliteStore.Token)).HighestModSeq;
        var other = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        await other.UpdateMessagesFlagsAsync(UidSet.Parse("2,5"), FlagsOperation.Add, Deleted, SqliteStore.Token);
        await other.ExpungeAsync(null, SqliteStore.Token);
        await other.UpdateMessagesFlagsAsync(UidSet.Parse("3"), FlagsOperation.Add, FlagSet.Of(Flag.Seen), SqliteStore.Token);
        store.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(1, await store.Internals.Sweep.PruneAsync(1, store.Internals.Now - store.Internals.Options.ChangeRetention, SqliteStore.Token));
        Assert.Equal(0, await store.ScalarAsync("SELECT count(*) FROM mailbox_changes"));

        var changes = await inbox.PollAsync(since, SqliteStore.Token);

        Assert.Equal("2,5", changes!.Expunged.ToString());
        Assert.Equal([new Uid(3)], changes.Changed.Select(static change => change.Uid));
        Assert.Empty(await new Invariants(store.Internals).CheckAsync(SqliteStore.Token));
    }

    static async Task ExpungeAllAsync(IMailbox mailbox)
    {
        await mailbox.UpdateMessagesFlagsAsync(UidSet.All, FlagsOperation.Add, Deleted, SqliteStore.Token);
        await mailbox.ExpungeAsync(null, SqliteStore.Token);
    }

    static async Task ExpungeAsync(IMailbox mailbox, string uid)
    {
        await mailbox.UpdateMessagesFlagsAsync(UidSet.Parse(uid), FlagsOperation.Add, Deleted, SqliteStore.Token);
        await mailbox.ExpungeAsync(null, SqliteStore.Token);
    }

    /// <summary>A second of the store's clock, and time for what is due then.</summary>
    static async Task TickAsync(SqliteStore store)
    {
        store.Clock.Advance(TimeSpan.FromSeconds(1));
        await Task.Delay(10, SqliteStore.Token);
    }

    static async Task<int> SweepAsync(SqliteStore store)
    {
        var userId = await store.Internals.ReadAsync(Lease.ForStore, static (context, token) => context.Users.Select(static user => user.Id).SingleAsync(token), SqliteStore.Token);
        return await store.Internals.Sweep.SweepAsync(userId, SqliteStore.Token);
    }
}
