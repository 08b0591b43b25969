using Backend.EfCore.Consistency;
using Backend.EfCore.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Backend.Sqlite.Tests;

/// <summary>Writes that share a transaction do to each other what they would do one after the other, and nothing else.</summary>
public sealed class SharedTransactionTests
{
    static readonly Flag[] Keywords = [.. Enumerable.Range(0, 60).Select(static i => Flag.Parse($"k{i}"))];

    [Fact]
    public async Task Flags_that_are_bits_and_flags_that_are_rows_are_changed_together()
    {
        var (store, user) = await SqliteStore.StartAsync();
        await using var _ = store;
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        await inbox.CreateMessageAsync(SqliteStore.Message(), new AppendOptions { Flags = FlagSet.Of(Keywords) }, SqliteStore.Token);
        await inbox.CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, SqliteStore.Token);

        await TogetherAsync(store, () =>
        [
            AddAsync(inbox, "2", Keywords[59]),
            AddAsync(inbox, "2", Flag.Seen),
            AddAsync(inbox, "2", Keywords[58], Flag.Flagged),
        ]);

        Assert.Equal(FlagSet.Of(Flag.Seen, Flag.Flagged, Keywords[58], Keywords[59], Flag.Recent), await FlagsAsync(user, 2));
        Assert.Empty(await new Invariants(store.Internals).CheckAsync(SqliteStore.Token));
    }

    [Fact]
    public async Task A_message_that_has_just_come_keeps_the_flags_that_it_gets_at_once()
    {
        var (store, user) = await SqliteStore.StartAsync();
        await using var _ = store;
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        await inbox.CreateMessageAsync(SqliteStore.Message(), new AppendOptions { Flags = FlagSet.Of(Keywords) }, SqliteStore.Token);

        await TogetherAsync(store, () =>
        [
            inbox.CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, SqliteStore.Token),
            AddAsync(inbox, "1:*", Flag.Seen),
            AddAsync(inbox, "1:*", Keywords[58], Flag.Flagged),
        ]);

        Assert.Equal(FlagSet.Of(Flag.Seen, Flag.Flagged, Keywords[58], Flag.Recent), await FlagsAsync(user, 2));
        Assert.Empty(await new Invariants(store.Internals).CheckAsync(SqliteStore.Token));
    }

    [Fact]
    public async Task A_keyword_given_in_a_transaction_that_was_undone_is_given_again()
    {
        var (store, user) = await SqliteStore.StartAsync();
        await using var _ = store;
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        await inbox.CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, SqliteStore.Token);

        await TogetherAsync(store, () =>
        [
            AddAsync(inbox, "1", Flag.Parse("$New")),
            Assert.ThrowsAsync<BackendException>(() => store.Internals.WriteAsync(
                Lease.ForStore,
                static async (scope, token) => await scope.Context.Database.ExecuteSqlRawAsync("INSERT INTO messages (user_id) VALUES (NULL)", token),
                SqliteStore.Token)),
        ]);

        var other = await store.Users.OpenUserAsync("alice", SqliteStore.Token);
        Assert.Equal(FlagSet.Of(Flag.Parse("$New"), Flag.Recent), await FlagsAsync(other, 1));
    }

    /// <summary>Holds the line up until all of these stand in it.</summary>
    static async Task TogetherAsync(SqliteStore store, Func<Task[]> writes)
    {
        var gate = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var hold = store.Internals.WriteAsync(
            Lease.ForStore,
            async (_, token) =>
            {
                begun.TrySetResult();
                await gate.Task.WaitAsync(token);
                return true;
            },
            SqliteStore.Token);
        await begun.Task;
        var waiting = writes();
        // An append is parsed before it stands in line.
        await Task.Delay(100, SqliteStore.Token);
        gate.SetResult();
        await hold;
        await Task.WhenAll(waiting);
    }

    static Task<StoreData> AddAsync(IMailbox mailbox, string uids, params Flag[] flags) =>
        mailbox.UpdateMessagesFlagsAsync(UidSet.Parse(uids), FlagsOperation.Add, FlagSet.Of(flags), SqliteStore.Token);

    static async Task<FlagSet> FlagsAsync(IUser user, uint uid)
    {
        var mailbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        await foreach (var message in mailbox.ListMessagesAsync(UidSet.Of(new Uid(uid)), FetchItems.FlagsOnly, SqliteStore.Token))
            return message.Flags!;
        throw new InvalidOperationException($"There is no message {uid}.");
    }
}
