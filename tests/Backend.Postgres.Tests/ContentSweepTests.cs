using System.Text;
using Backend.EfCore.Consistency;
using Backend.EfCore.Messages;
using Backend.EfCore.Tenancy;
using Microsoft.EntityFrameworkCore;
using Postgres.Testing;

namespace Backend.Postgres.Tests;

/// <summary>Contents go when the last message that refers to them has gone, and not before, whoever copies them meanwhile.</summary>
public sealed class ContentSweepTests(TestServer server)
{
    static readonly FlagSet Deleted = FlagSet.Of(Flag.Deleted);
    static readonly MailboxName Copies = MailboxName.Parse("Copies");

    [Fact]
    public async Task A_content_stays_as_long_as_one_copy_of_it()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync());
        await using var _ = store;
        var (inbox, copies) = await FillAsync(user);
        await inbox.CopyMessagesAsync(UidSet.All, Copies, PostgresStore.Token);
        await ExpungeAllAsync(inbox);

        Assert.Equal(0, await SweepAsync(store));

        await ExpungeAllAsync(copies);

        Assert.Equal(1, await SweepAsync(store));
        Assert.Equal((0L, 0L), (await store.ScalarAsync<long>("SELECT count(*) FROM content_chunks"), await store.ScalarAsync<long>("SELECT count(*) FROM content_texts")));
    }

    /// <summary>The copy is not committed when the expunge and the sweep come.</summary>
    [Fact]
    public async Task A_copy_holds_up_the_expunge_of_its_source_and_so_the_sweep()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync());
        await using var _ = store;
        var (inbox, copies) = await FillAsync(user);
        await inbox.UpdateMessagesFlagsAsync(UidSet.All, FlagsOperation.Add, Deleted, PostgresStore.Token);
        var handle = new MailboxHandle(Lease.ForUser(await UserIdAsync(store)), user.Username, mailboxId: 1, MailboxName.Inbox);
        var (copied, commit) = (new TaskCompletionSource(), new TaskCompletionSource());
        var copying = store.Internals.WriteAsync(
            handle.Lease,
            async (scope, token) =>
            {
                var data = await new CopyMessages(store.Internals, handle, scope).CopyAsync(UidSet.All, Copies, token);
                copied.SetResult();
                await commit.Task;
                return data;
            },
            PostgresStore.Token);
        await copied.Task;

        var expunging = inbox.ExpungeAsync(null, PostgresStore.Token);
        Assert.Equal(0, await SweepAsync(store));
        Assert.False(expunging.IsCompleted);
        commit.SetResult();
        Assert.Equal("1", (await copying).Source.ToString());
        Assert.Equal("1", (await expunging).Expunged.ToString());

        Assert.Equal(0, await SweepAsync(store));
        Assert.Equal(["1"], await ReadAllAsync(copies));
        Assert.Empty(await new Invariants(store.Internals).CheckAsync(PostgresStore.Token));
    }

    [Fact]
    public async Task Copies_expunges_and_sweeps_at_once_leave_no_message_without_content()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync());
        await using var _ = store;
        await using var second = store.OpenSecond();
        var userId = await UserIdAsync(store);
        var names = Enumerable.Range(0, 3).Select(static i => MailboxName.Parse($"Box {i}")).ToArray();
        foreach (var name in names)
            await user.CreateMailboxAsync(name, CreateOptions.Default, PostgresStore.Token);
        using var end = new CancellationTokenSource();
        var sweeps = new[] { store, second }.Select(each => Task.Run(async () =>
        {
            var removed = 0;
            while (!end.IsCancellationRequested)
                removed += await each.Internals.Sweep.SweepAsync(userId, PostgresStore.Token);
            return removed;
        })).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            var session = await (i % 2 == 0 ? store : second).Users.OpenUserAsync("alice", PostgresStore.Token);
            var random = new Random(i);
            for (var n = 0; n < 40; n++)
            {
                var box = await session.GetMailboxAsync(names[random.Next(3)], PostgresStore.Token);
                await box.CreateMessageAsync(Message($"{i} {n}"), AppendOptions.Default, PostgresStore.Token);
                await box.CopyMessagesAsync(UidSet.All, names[random.Next(3)], PostgresStore.Token);
                await ExpungeAllAsync(box);
            }
        })));
        await end.CancelAsync();
        var removed = (await Task.WhenAll(sweeps)).Sum() + await SweepAsync(store);

        Assert.Empty(await new Invariants(store.Internals).CheckAsync(PostgresStore.Token));
        Assert.Equal(240, removed + await store.ScalarAsync<long>("SELECT count(DISTINCT content_id) FROM messages"));
        Assert.Equal(await store.ScalarAsync<long>("SELECT count(DISTINCT content_id) FROM messages"), await store.ScalarAsync<long>("SELECT count(*) FROM contents"));
    }

    static MemoryStream Message(string subject) => new MemoryStream(Encoding.ASCII.GetBytes($"Subject: {subject}\r\n\r\n{subject}\r\n"));

    static async Task<(IMailbox Inbox, IMailbox Copies)> FillAsync(IUser user)
    {
        await user.CreateMailboxAsync(Copies, CreateOptions.Default, PostgresStore.Token);
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, PostgresStore.Token);
        await inbox.CreateMessageAsync(Message("1"), AppendOptions.Default, PostgresStore.Token);
        return (inbox, await user.GetMailboxAsync(Copies, PostgresStore.Token));
    }

    static async Task<List<string>> ReadAllAsync(IMailbox mailbox)
    {
        var bodies = new List<string>();
        await foreach (var message in mailbox.ListMessagesAsync(UidSet.All, FetchItems.WholeBody, PostgresStore.Token))
        {
            using var octets = new MemoryStream();
            await message.Sections[0].Content!.CopyToAsync(octets, PostgresStore.Token);
            bodies.Add(Encoding.ASCII.GetString(octets.ToArray()).Split("\r\n")[^2]);
        }

        return bodies;
    }

    static async Task ExpungeAllAsync(IMailbox mailbox)
    {
        await mailbox.UpdateMessagesFlagsAsync(UidSet.All, FlagsOperation.Add, Deleted, PostgresStore.Token);
        await mailbox.ExpungeAsync(null, PostgresStore.Token);
    }

    static async Task<int> SweepAsync(PostgresStore store) => await store.Internals.Sweep.SweepAsync(await UserIdAsync(store), PostgresStore.Token);

    static Task<int> UserIdAsync(PostgresStore store) =>
        store.Internals.ReadAsync(Lease.ForStore, static (context, token) => context.Users.Select(static user => user.Id).SingleAsync(token), PostgresStore.Token);
}
