using System.Diagnostics;
using Backend.Specification.Tests.Steps;
using Npgsql;
using Postgres.Testing;

namespace Backend.Postgres.Tests.Updates;

/// <summary>Updates between two stores on one database: what goes wrong on the way costs time only.</summary>
public sealed class NotifyTests(TestServer tests)
{
    const int ListeningFailed = 1020;
    const int ListeningAgain = 1021;
    const int SendingFailed = 1022;
    const int SendingAgain = 1023;

    const string Listening = "query LIKE 'LISTEN%'";
    const string Sending = "query LIKE '%pg_notify%' AND pid <> pg_backend_pid()";

    static CancellationToken Token => PostgresStore.Token;

    [Fact]
    public async Task A_cut_of_the_listening_connection_loses_nothing()
    {
        var (store, user) = await PostgresStore.StartAsync(await tests.StartAsync());
        await using var _ = store;
        await using var second = store.OpenSecond();
        await using var follower = await Follower.StartAsync(second);
        var inbox = await user.OpenAsync("INBOX");

        for (var round = 0; round < 5; round++)
        {
            var working = WorkAsync(inbox, 20);
            Assert.Equal(1L, await CutAsync(store, Listening));
            await working;
            await follower.AssertArrivesAsync(inbox);
            await UntilAsync(() => second.Log.Of(ListeningAgain).Count == round + 1);
        }

        Assert.Equal(5, second.Log.Of(ListeningFailed).Count);
        Assert.All(second.Log.Of(ListeningFailed), static line => Assert.StartsWith("Warning: ", line, StringComparison.Ordinal));
        Assert.All(second.Log.Of(ListeningAgain), static line => Assert.StartsWith("Information: ", line, StringComparison.Ordinal));
    }

    /// <summary>The last change comes while nobody listens, and nothing after it: the connection anew alone must bring it.</summary>
    [Fact]
    public async Task What_comes_while_nobody_listens_is_found_when_the_connection_is_back()
    {
        var server = await tests.StartAsync();
        var (store, user) = await PostgresStore.StartAsync(server);
        await using var _ = store;
        var role = $"listener_{Guid.NewGuid():N}";
        await store.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'secret'");
        try
        {
            await using var second = store.OpenSecond(options => options.UpdateConnection = As(store.ConnectionString, role));
            await using var follower = await Follower.StartAsync(second);
            var inbox = await user.OpenAsync("INBOX");
            await store.ExecuteAsync($"ALTER ROLE {role} NOLOGIN");
            await CutAsync(store, Listening);
            await UntilAsync(() => second.Log.Of(ListeningFailed).Count == 1);

            await WorkAsync(inbox, 5);
            await Task.Delay(500, Token);
            Assert.Empty(follower.Heard);
            // The store itself does not mind.
            Assert.Equal(await inbox.UidsAsync(), await (await (await second.Users.OpenUserAsync("alice", Token)).OpenAsync("INBOX")).UidsAsync());

            await store.ExecuteAsync($"ALTER ROLE {role} LOGIN");
            await follower.AssertArrivesAsync(inbox);
            Assert.Equal("*", follower.Heard[0]);
            Assert.Single(second.Log.Of(ListeningFailed));
            Assert.Single(second.Log.Of(ListeningAgain));
        }
        finally
        {
            await store.ExecuteAsync($"DROP ROLE {role}");
        }
    }

    [Fact]
    public async Task A_cut_of_the_sending_connection_loses_nothing()
    {
        var (store, user) = await PostgresStore.StartAsync(await tests.StartAsync());
        await using var _ = store;
        await using var second = store.OpenSecond();
        await using var follower = await Follower.StartAsync(second);
        var inbox = await user.OpenAsync("INBOX");
        await WorkAsync(inbox, 1);
        await follower.AssertArrivesAsync(inbox);

        for (var round = 0; round < 5; round++)
        {
            Assert.Equal(1L, await CutAsync(store, Sending));
            await WorkAsync(inbox, 3);
            await follower.AssertArrivesAsync(inbox);
        }

        // It was connected anew at once, which nobody needs to be warned of.
        Assert.Empty(store.Log.Of(SendingFailed));
        Assert.Empty(store.Log.Of(SendingAgain));
    }

    [Fact]
    public async Task Without_a_connection_to_send_on_the_store_works_and_tells_later()
    {
        var (store, _) = await PostgresStore.StartAsync(await tests.StartAsync());
        await using var owner = store;
        var role = $"sender_{Guid.NewGuid():N}";
        await store.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'secret' CONNECTION LIMIT 0");
        try
        {
            await using var second = store.OpenSecond(options => options.UpdateConnection = As(store.ConnectionString, role));
            await using var follower = await Follower.StartAsync(store);
            var inbox = await (await second.Users.OpenUserAsync("alice", Token)).OpenAsync("INBOX");

            await WorkAsync(inbox, 10);
            await UntilAsync(() => second.Log.Of(SendingFailed).Count == 1);
            Assert.Contains("too many connections for role", second.Log.Of(SendingFailed)[0], StringComparison.Ordinal);
            Assert.Empty(follower.Heard);

            await store.ExecuteAsync($"ALTER ROLE {role} CONNECTION LIMIT -1");
            await follower.AssertArrivesAsync(inbox);
            Assert.Single(second.Log.Of(SendingFailed));
            await UntilAsync(() => second.Log.Of(SendingAgain).Count == 1);
        }
        finally
        {
            await store.ExecuteAsync($"DROP ROLE {role}");
        }
    }

    [Fact]
    public async Task A_store_that_is_closed_does_not_wait_for_a_connection()
    {
        var (store, _) = await PostgresStore.StartAsync(await tests.StartAsync());
        await using var owner = store;
        var second = store.OpenSecond(options => options.UpdateConnection = As(store.ConnectionString, "nobody_of_this_name"));
        using var subscription = second.Updater.Subscribe("alice");
        await WorkAsync(await (await second.Users.OpenUserAsync("alice", Token)).OpenAsync("INBOX"), 1);
        await UntilAsync(() => second.Log.Of(SendingFailed).Count == 1 && second.Log.Of(ListeningFailed).Count == 1);

        var closing = Stopwatch.StartNew();
        await second.DisposeAsync();

        Assert.InRange(closing.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    /// <summary>As a command that changes something and ends: the last change is sent before it does.</summary>
    [Fact]
    public async Task What_was_committed_just_before_the_end_is_told()
    {
        var (store, user) = await PostgresStore.StartAsync(await tests.StartAsync());
        await using var _ = store;
        await using var follower = await Follower.StartAsync(store);
        for (var i = 0; i < 5; i++)
        {
            await using (var second = store.OpenSecond())
                await (await (await second.Users.OpenUserAsync("alice", Token)).OpenAsync("INBOX")).AppendAsync();
            await follower.AssertArrivesAsync(await user.OpenAsync("INBOX"));
        }
    }

    [Fact]
    public async Task Who_only_changes_does_not_listen()
    {
        var (store, user) = await PostgresStore.StartAsync(await tests.StartAsync());
        await using var _ = store;
        await WorkAsync(await user.OpenAsync("INBOX"), 3);

        Assert.Equal(0L, await CountAsync(store, Listening));
    }

    [Fact]
    public async Task Switched_off_nothing_is_told_and_nothing_heard()
    {
        var (store, user) = await PostgresStore.StartAsync(await tests.StartAsync(), static options => options.ShareUpdates = false);
        await using var _ = store;
        await using var second = store.OpenSecond();
        await using var follower = await Follower.StartAsync(second);
        using var deaf = store.Updater.Subscribe("alice");

        await WorkAsync(await user.OpenAsync("INBOX"), 3);
        await (await second.Users.OpenUserAsync("alice", Token)).CreateAsync("Elsewhere");
        await Task.Delay(500, Token);

        Assert.StartsWith("M alice Elsewhere ", Assert.Single(follower.Heard), StringComparison.Ordinal);
        while (deaf.Updates.TryRead(out var update))
            Assert.Equal("INBOX", update.Mailbox?.Value);
    }

    [Fact]
    public async Task A_store_in_another_schema_hears_nothing()
    {
        var server = await tests.StartAsync();
        var (store, user) = await PostgresStore.StartAsync(server);
        await using var _ = store;
        await store.ExecuteAsOwnerAsync("CREATE SCHEMA other");
        await using var other = new PostgresStore(server, new NpgsqlConnectionStringBuilder(store.ConnectionString) { SearchPath = "other" }.ConnectionString, isOwner: false);
        await other.Database.MigrateAsync(Token);
        await other.Users.AddUserAsync("alice", "secret", Token);
        await using var stranger = await Follower.StartAsync(other);
        await using var follower = await Follower.StartAsync(store);
        await using var second = store.OpenSecond();

        await WorkAsync(await (await second.Users.OpenUserAsync("alice", Token)).OpenAsync("INBOX"), 3);

        await follower.AssertArrivesAsync(await user.OpenAsync("INBOX"));
        await Task.Delay(200, Token);
        Assert.Empty(stranger.Heard);
    }

    [Fact]
    public async Task What_a_stranger_sends_does_no_harm()
    {
        var (store, user) = await PostgresStore.StartAsync(await tests.StartAsync());
        await using var _ = store;
        await using var second = store.OpenSecond();
        await using var follower = await Follower.StartAsync(second);

        foreach (var payload in new[] { "''", "'x'", "E'x\\nsomething'", "E'x\\nM\\talice\\t\\t\\t'", "E'x\\nF\\talice\\tINBOX\\t5\\t0'", "repeat('x', 7999)", "E'\\n'||repeat(E'\\n', 7000)" })
            await store.ExecuteAsync($"SELECT pg_notify('mailstore_' || oid, {payload}) FROM pg_namespace WHERE nspname = 'public'");
        await WorkAsync(await user.OpenAsync("INBOX"), 3);

        await follower.AssertArrivesAsync(await user.OpenAsync("INBOX"));
        Assert.Empty(second.Log.Of(ListeningFailed));
    }

    [Fact]
    public async Task The_server_takes_a_text_as_long_as_can_be()
    {
        var (store, _) = await PostgresStore.StartAsync(await tests.StartAsync());
        await using var owner = store;
        var notifications = new EfCore.Postgres.PostgresNotifications(store.ConnectionString);
        await using var listener = await notifications.OpenListenerAsync(Token);
        await using var sender = await notifications.OpenSenderAsync(Token);
        string[] texts = [new('x', notifications.MaxOctets), new('\u00e4', notifications.MaxOctets / 2), "last"];

        await sender.SendAsync(texts, Token);

        var heard = new List<string>();
        while (heard.Count < texts.Length)
            heard.AddRange(await listener.WaitAsync(Token));
        Assert.Equal(texts, heard);
        await Assert.ThrowsAsync<PostgresException>(() => sender.SendAsync([new string('x', notifications.MaxOctets + 1)], Token));
    }

    static string As(string connectionString, string role) => new NpgsqlConnectionStringBuilder(connectionString) { Username = role, Password = "secret" }.ConnectionString;

    static async Task WorkAsync(IMailbox mailbox, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var uid = await mailbox.AppendAsync();
            await mailbox.AddAsync(uid, i % 3 == 0 ? Flag.Deleted : Flag.Seen);
            if (i % 5 == 4)
                await mailbox.ExpungeAsync();
        }
    }

    static Task<long> CountAsync(PostgresStore store, string which) => store.ScalarAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND {which}");

    static Task<long> CutAsync(PostgresStore store, string which) =>
        store.ScalarAsync<long>($"SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND {which}");

    static async Task UntilAsync(Func<bool> condition)
    {
        for (var waited = Stopwatch.StartNew(); !condition(); await Task.Delay(10, Token))
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "It does not come.");
    }
}
