using Backend.EfCore.Consistency;
using Backend.EfCore.Tenancy;
using Npgsql;
using Postgres.Testing;

namespace Backend.Postgres.Tests;

/// <summary>Many writers, in one program and in two: nobody waits in a circle, and nobody hears of those who collide.</summary>
public sealed class ConcurrencyTests(TestServer server)
{
    static readonly MailboxName[] Names = [MailboxName.Inbox, MailboxName.Parse("a"), MailboxName.Parse("a/b"), MailboxName.Parse("c")];

    [Fact]
    public async Task No_operations_wait_for_each_other_in_a_circle()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync());
        await using var _ = store;
        await using var second = store.OpenSecond();
        foreach (var name in Names[1..])
            await user.CreateMailboxAsync(name, CreateOptions.Default, PostgresStore.Token);
        await using var sweeping = new Repeated(() => store.Internals.Sweep.SweepAsync(1, PostgresStore.Token));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => WorkAsync(i % 2 == 0 ? store : second, new Random(i), 40))));
        await sweeping.DisposeAsync();

        Assert.Empty(await new Invariants(store.Internals).CheckAsync(PostgresStore.Token));
        Assert.Equal(0L, await DeadlocksAsync(store));
    }

    /// <summary>Both take the row of the owner, whose mail is limited, and those that give the rights.</summary>
    [Fact]
    public async Task Appends_of_guests_and_changes_of_their_rights_do_not_wait_for_each_other_in_a_circle()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync());
        await using var _ = store;
        await store.Users.SetLimitsAsync(user.Username, new QuotaLimits(100_000_000, null), PostgresStore.Token);
        await store.Users.AddUserAsync("bob", "secret", PostgresStore.Token);
        var owner = (IAclUser)user;
        await owner.SetRightsAsync(MailboxName.Inbox, "bob", RightsOperation.Replace, MailboxRights.All, PostgresStore.Token);
        var shared = OtherUsers.NameOf(user.Username, MailboxName.Inbox);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            var mailbox = await (await store.Backend.LoginAsync("bob", "secret", PostgresStore.Token)).GetMailboxAsync(shared, PostgresStore.Token);
            for (var n = 0; n < 40; n++)
                if (i % 2 == 0)
                    await mailbox.CreateMessageAsync(PostgresStore.Message(), AppendOptions.Default, PostgresStore.Token);
                else
                    await owner.SetRightsAsync(MailboxName.Inbox, "bob", n % 2 == 0 ? RightsOperation.Remove : RightsOperation.Add, MailboxRights.Administer, PostgresStore.Token);
        })));

        var status = await (await user.GetMailboxAsync(MailboxName.Inbox, PostgresStore.Token)).GetStatusAsync(StatusItems.Messages, PostgresStore.Token);
        Assert.Equal(80, status.Messages);
        Assert.Empty(await new Invariants(store.Internals).CheckAsync(PostgresStore.Token));
        Assert.Equal(0L, await DeadlocksAsync(store));
    }

    [Fact]
    public async Task Users_who_are_removed_hold_up_nobody()
    {
        var (store, _) = await PostgresStore.StartAsync(await server.StartAsync());
        await using var __ = store;
        for (var round = 0; round < 10; round++)
        {
            await store.Users.AddUserAsync("bob", "secret", PostgresStore.Token);
            var work = Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
            {
                for (var n = 0; n < 20; n++)
                    if (await RefusalAsync(() => AppendAsync(store, "bob", $"k{i}{n}")) is { } refusal)
                        Assert.Contains(refusal.Error, new[] { BackendError.NoSuchUser, BackendError.NoSuchMailbox, BackendError.Unavailable });
            })).ToList();
            await Task.Delay(round * 3, PostgresStore.Token);
            await store.Users.RemoveUserAsync("bob", PostgresStore.Token);
            await Task.WhenAll(work);
        }

        Assert.Empty(await new Invariants(store.Internals).CheckAsync(PostgresStore.Token));
        Assert.Equal((0L, 0L), (await store.ScalarAsync<long>("SELECT count(*) FROM contents"), await DeadlocksAsync(store)));
    }

    /// <summary>While one waits for the mailbox, another makes a keyword and gives it to a message. RFC 9051 §6.4.6.</summary>
    [Fact]
    public async Task A_keyword_that_another_has_just_made_is_taken_away()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync());
        await using var _ = store;
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, PostgresStore.Token);
        await inbox.CreateMessageAsync(PostgresStore.Message(), AppendOptions.Default, PostgresStore.Token);
        await using var connection = new NpgsqlConnection(store.AdministratorString);
        await connection.OpenAsync(PostgresStore.Token);
        await using var transaction = await connection.BeginTransactionAsync(PostgresStore.Token);
        await ExecuteAsync(connection, "SELECT FROM mailboxes FOR NO KEY UPDATE");

        var change = inbox.UpdateMessagesFlagsAsync(UidSet.All, FlagsOperation.Remove, FlagSet.Of(Flag.Parse("new")), PostgresStore.Token);
        while (await store.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
            await Task.Delay(10, PostgresStore.Token);
        await ExecuteAsync(connection, "INSERT INTO keywords (user_id, keyword_id, name, normalized_name) VALUES (1, 0, 'new', 'NEW'); UPDATE messages SET flags = flags | 32");
        await transaction.CommitAsync(PostgresStore.Token);

        Assert.Equal(FlagSet.Empty, Assert.Single((await change).Changed).Flags.Except(FlagSet.Of(Flag.Recent)));
    }

    /// <summary>A stranger on the same database takes the locks the other way round; one of the two is given up by the server.</summary>
    [Fact]
    public async Task A_deadlock_with_a_stranger_is_not_shown()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync());
        await using var _ = store;
        await user.CreateMailboxAsync(Names[1], CreateOptions.Default, PostgresStore.Token);
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, PostgresStore.Token);
        await inbox.CreateMessageAsync(PostgresStore.Message(), AppendOptions.Default, PostgresStore.Token);
        await using var stranger = new NpgsqlConnection(store.AdministratorString);
        await stranger.OpenAsync(PostgresStore.Token);
        // The stranger is patient: so it is the store's transaction that is given up.
        await ExecuteAsync(stranger, "SET deadlock_timeout = '1h'; BEGIN; SELECT FROM mailboxes WHERE mailbox_id = 2 FOR UPDATE");

        var copying = inbox.CopyMessagesAsync(UidSet.All, Names[1], PostgresStore.Token);
        while (await store.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
            await Task.Delay(10, PostgresStore.Token);
        await ExecuteAsync(stranger, "SELECT FROM mailboxes WHERE mailbox_id = 1 FOR UPDATE; COMMIT");

        Assert.Equal("1", (await copying).Source.ToString());
        Assert.True(await DeadlocksAsync(store) > 0);
    }

    [Fact]
    public async Task A_serialization_failure_is_not_shown()
    {
        var (store, _) = await PostgresStore.StartAsync(await server.StartAsync());
        await using var __ = store;
        var attempts = 0;

        var result = await store.Internals.WriteAsync(
            Lease.ForStore,
            async (scope, token) =>
            {
                if (++attempts < 4)
                    await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(scope.Context.Database, "DO $$ BEGIN RAISE serialization_failure; END $$", token);
                return attempts;
            },
            PostgresStore.Token);

        Assert.Equal(4, result);
    }

    [Fact]
    public async Task One_bad_append_among_many_fails_alone()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync(), static options => options.MaxKeywordsPerUser = 3);
        await using var _ = store;
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, PostgresStore.Token);
        var bad = FlagSet.Of("a b c d".Split(' ').Select(Flag.Parse));

        var appends = Enumerable.Range(0, 50).Select(i => inbox.CreateMessageAsync(PostgresStore.Message(), i == 25 ? new AppendOptions { Flags = bad } : AppendOptions.Default, PostgresStore.Token)).ToList();
        var refused = await Assert.ThrowsAsync<BackendException>(() => appends[25]);
        appends.RemoveAt(25);
        var uids = (await Task.WhenAll(appends)).Select(static append => append.Uid.Value);

        Assert.Equal(BackendError.Limit, refused.Error);
        Assert.Equal(Enumerable.Range(1, 49).Select(static uid => (uint)uid), uids.Order());
        Assert.Empty(await new Invariants(store.Internals).CheckAsync(PostgresStore.Token));
    }

    /// <summary>The server has committed, and its answer is lost: whoever does it again stores a message twice.</summary>
    [Fact]
    public async Task Appends_whose_commit_may_have_been_done_are_not_done_again()
    {
        var cut = new CommitCut();
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync(), options =>
        {
            var configure = options.ConfigureDatabase!;
            options.UseDatabase(options.Dialect!, builder =>
            {
                configure(builder);
                builder.AddInterceptors(cut);
            });
        });
        await using var _ = store;
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, PostgresStore.Token);
        cut.IsOn = true;

        var appends = Enumerable.Range(0, 50).Select(_ => inbox.CreateMessageAsync(PostgresStore.Message(), AppendOptions.Default, PostgresStore.Token)).ToList();
        foreach (var append in appends)
            Assert.Equal(BackendError.Unavailable, (await Assert.ThrowsAsync<BackendException>(() => append)).Error);

        Assert.InRange(cut.Count, 1, 49);
        Assert.Equal(50L, await store.ScalarAsync<long>("SELECT count(*) FROM messages"));
        cut.IsOn = false;
        Assert.Equal(51u, (await inbox.CreateMessageAsync(PostgresStore.Message(), AppendOptions.Default, PostgresStore.Token)).Uid.Value);
    }

    /// <summary>Commit order is the order of modification sequences, and updates come in that order whoever wrote.</summary>
    [Fact]
    public async Task Updates_of_a_mailbox_come_in_the_order_of_commits()
    {
        var (store, user) = await PostgresStore.StartAsync(await server.StartAsync());
        await using var _ = store;
        using var subscription = store.Updater.Subscribe(user.Username);
        var heard = Task.Run(async () =>
        {
            var modSeqs = new List<long>();
            await foreach (var update in subscription.Updates.ReadAllAsync(PostgresStore.Token))
            {
                // One without a mailbox says that the store hears of other processes from here on.
                if (update.Mailbox is not null)
                    modSeqs.Add(ModSeqOf(update));
                update.Done();
                if (modSeqs.Count == 300)
                    break;
            }

            return modSeqs;
        });

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            var inbox = await (await store.Users.OpenUserAsync("alice", PostgresStore.Token)).GetMailboxAsync(MailboxName.Inbox, PostgresStore.Token);
            for (var n = 0; n < 50; n++)
            {
                var uid = (await inbox.CreateMessageAsync(PostgresStore.Message(), AppendOptions.Default, PostgresStore.Token)).Uid;
                await inbox.UpdateMessagesFlagsAsync(UidSet.Of(uid), FlagsOperation.Add, FlagSet.Of(n % 3 == 0 ? Flag.Deleted : Flag.Seen), PostgresStore.Token);
                if (n % 3 == 0)
                    await inbox.ExpungeAsync(null, PostgresStore.Token);
            }
        })));

        var inOrder = await heard;
        Assert.Equal(inOrder.Order(), inOrder);
    }

    static long ModSeqOf(Update update) => update switch
    {
        MessageUpdate message => message.ModSeq.Value,
        ExpungeUpdate expunge => expunge.ModSeq.Value,
        MailboxUpdate { Status: { } status } => status.HighestModSeq!.Value.Value,
        _ => throw new InvalidOperationException($"{update} says no modification sequence."),
    };

    /// <summary>Does everything that takes locks, in any order.</summary>
    static async Task WorkAsync(PostgresStore store, Random random, int count)
    {
        var user = await store.Users.OpenUserAsync("alice", PostgresStore.Token);
        for (var n = 0; n < count; n++)
        {
            var refusal = await RefusalAsync(() => StepAsync(user, random));
            Assert.True(refusal is null or { Error: BackendError.NoSuchMailbox or BackendError.MailboxAlreadyExists or BackendError.HasChildren or BackendError.NotSelectable or BackendError.Cannot }, refusal?.ToString());
        }
    }

    static async Task StepAsync(IUser user, Random random)
    {
        var (name, other) = (Names[random.Next(Names.Length)], Names[random.Next(Names.Length)]);
        switch (random.Next(10))
        {
            case 0:
                await user.RenameMailboxAsync(name, other, PostgresStore.Token);
                break;
            case 1:
                await user.CreateMailboxAsync(name, CreateOptions.Default, PostgresStore.Token);
                break;
            case 2:
                await user.DeleteMailboxAsync(name, PostgresStore.Token);
                break;
            case 3:
                await user.SetSubscribedAsync(name, random.Next(2) == 0, PostgresStore.Token);
                break;
            default:
                await StepAsync((IMoveMailbox)await user.GetMailboxAsync(name, PostgresStore.Token), other, random);
                break;
        }
    }

    static async Task StepAsync(IMoveMailbox box, MailboxName other, Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                await box.CopyMessagesAsync(UidSet.All, other, PostgresStore.Token);
                break;
            case 1:
                await box.MoveMessagesAsync(UidSet.All, other, PostgresStore.Token);
                break;
            case 2:
                await box.UpdateMessagesFlagsAsync(UidSet.All, FlagsOperation.Add, FlagSet.Of(Flag.Deleted, Flag.Parse($"k{random.Next(100)}")), PostgresStore.Token);
                await box.ExpungeAsync(null, PostgresStore.Token);
                break;
            case 3:
                await box.SelectAsync(SelectOptions.ReadWrite, PostgresStore.Token);
                break;
            default:
                await box.CreateMessageAsync(PostgresStore.Message(), new AppendOptions { Flags = FlagSet.Of(Flag.Parse($"k{random.Next(100)}")) }, PostgresStore.Token);
                break;
        }
    }

    static async Task AppendAsync(PostgresStore store, string username, string keyword)
    {
        var inbox = await (await store.Users.OpenUserAsync(username, PostgresStore.Token)).GetMailboxAsync(MailboxName.Inbox, PostgresStore.Token);
        await inbox.CreateMessageAsync(PostgresStore.Message(), new AppendOptions { Flags = FlagSet.Of(Flag.Parse(keyword)) }, PostgresStore.Token);
    }

    static async Task<BackendException?> RefusalAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (BackendException refusal)
        {
            return refusal;
        }
    }

    static Task<long> DeadlocksAsync(PostgresStore store) => store.ScalarAsync<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(PostgresStore.Token);
    }
}
