using System.Collections.Concurrent;
using Backend.EfCore;
using Backend.EfCore.Consistency;
using Backend.EfCore.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Postgres.Testing;

namespace Backend.Postgres.Tests;

/// <summary>Row-level security: SQL written by hand, on the application's own role and connections, meets no row of another tenant.</summary>
public sealed class RowSecurityTests(TestServer server, ITestOutputHelper output)
{
    const string Refused = "42501";

    static readonly string[] Administration = ["tenants", "tenant_domains", "users", "mailbox_rights"];

    [Fact]
    public async Task It_is_forced_on_every_table_of_the_model_and_the_role_is_an_ordinary_one()
    {
        var (store, _) = await PostgresStore.StartAsync(await server.StartAsync(), static options => options.IndexInBackground = false);
        await using var __ = store;
        var tables = await TablesAsync(store);

        var open = await store.ScalarAsync<string[]>($"SELECT coalesce(array_agg(relname::text), '{{}}') FROM pg_class WHERE relname = ANY ('{{{string.Join(',', tables)}}}') AND relkind = 'r' AND NOT (relrowsecurity AND relforcerowsecurity)");
        await using var connection = await OpenAsync(store);
        var role = await ScalarAsync(connection, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user");
        var owned = await ScalarAsync(connection, $"SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user AND tablename = ANY ('{{{string.Join(',', tables)}}}')");

        Assert.Empty(open);
        Assert.Equal(false, role);
        // The owner too is held by it, since it is forced.
        Assert.Equal((long)tables.Count, owned);
    }

    /// <summary>Bob's rows of every table, each asked for, changed, removed and added to by Alice, who is of another tenant.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rows_of_another_tenant_are_not_there_and_cannot_be_made(bool leased)
    {
        await using var store = await TwoTenantsAsync();
        var before = await FingerprintAsync(store);
        await using var connection = await OpenAsync(store);
        var attempts = 0;
        foreach (var table in await TablesAsync(store))
        {
            var bobs = table switch
            {
                "tenants" => "id = 3",
                "tenant_domains" => "tenant_id = 3",
                "users" => "id = 2",
                _ => "user_id = 2",
            };
            Assert.True(await store.ScalarAsync<long>($"SELECT count(*) FROM {table} WHERE {bobs}") > 0, $"Bob has nothing in {table}.");
            var column = await store.ScalarAsync<string>($"SELECT attname::text FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum DESC LIMIT 1");
            var seen = await TryAsync(connection, leased, $"SELECT count(*) FROM {table} WHERE {bobs}", scalar: true);
            var all = await TryAsync(connection, leased, $"SELECT count(*) FROM {table} WHERE NOT ({bobs}) OR {bobs}", scalar: true);
            var updated = await TryAsync(connection, leased, $"UPDATE {table} SET {column} = {column} WHERE {bobs}");
            var deleted = await TryAsync(connection, leased, $"DELETE FROM {table} WHERE {bobs}");
            var inserted = await TryAsync(connection, leased, Insert(table, await store.ScalarAsync<string>(RowOf(table, bobs))));
            var locked = await TryAsync(connection, leased, $"SELECT count(*) FROM (SELECT FROM {table} WHERE {bobs} FOR KEY SHARE) AS rows", scalar: true);
            output.WriteLine($"{(leased ? "leased for Alice" : "without a lease"),-16} {table,-16} select {seen}, update {updated}, delete {deleted}, insert {inserted}, lock {locked}, rows seen in all {all}");
            attempts += 6;

            Assert.Equal(("0", "0", "0", "0"), (seen, updated, deleted, locked));
            Assert.Equal($"refused ({Refused})", inserted);
            Assert.True(leased || all == "0", $"Without a lease {table} shows {all} rows.");
        }

        Assert.Equal(before, await FingerprintAsync(store));
        output.WriteLine($"{attempts} statements; every row of both tenants is as before.");
    }

    /// <summary>That the same statements do work on her own: else the test above would prove nothing.</summary>
    [Fact]
    public async Task Own_rows_are_there()
    {
        await using var store = await TwoTenantsAsync();
        await using var connection = await OpenAsync(store);

        foreach (var table in (await TablesAsync(store)).Except(Administration))
        {
            Assert.NotEqual("0", await TryAsync(connection, true, $"SELECT count(*) FROM {table}", scalar: true));
            Assert.Equal("0", await TryAsync(connection, true, $"SELECT count(*) FROM {table} WHERE user_id <> 1", scalar: true));
            Assert.NotEqual("0", await TryAsync(connection, true, $"UPDATE {table} SET user_id = user_id"));
        }

        Assert.Equal($"refused ({Refused})", await TryAsync(connection, true, "UPDATE subscriptions SET user_id = 2"));
        Assert.Equal("1", await TryAsync(connection, true, "SELECT count(*) FROM users", scalar: true));
        Assert.Equal("0", await TryAsync(connection, true, "DELETE FROM users"));
        Assert.Equal("0", await TryAsync(connection, true, "SELECT count(*) FROM tenants", scalar: true));
    }

    /// <summary>What is given to anyone is given within the tenant, whatever name is asked for and whatever row is forged.</summary>
    [Fact]
    public async Task Rights_that_others_gave_are_seen_within_the_tenant_only_and_none_are_given_beyond_it()
    {
        await using var store = await TwoTenantsAsync();
        await store.Users.AddUserAsync("carol@beta.test", "secret", PostgresStore.Token);
        await using var connection = await OpenAsync(store);
        const string AsCarol = "SELECT set_config('mailstore.user', '3', true); ";
        const string Forged = "INSERT INTO mailbox_rights (user_id, mailbox_id, identifier, grantee_id, tenant_id, rights, name)";

        Assert.Equal(1L, await ScalarAsync(connection, $"{AsCarol}SELECT count(*) FROM mailbox_rights"));
        Assert.Equal(1L, await ScalarAsync(connection, $"{AsCarol}SELECT count(*) FROM mailbox_rights WHERE user_id = 2"));
        Assert.Equal(0L, await ScalarAsync(connection, $"{AsCarol}WITH updated AS (UPDATE mailbox_rights SET rights = rights RETURNING 1) SELECT count(*) FROM updated"));
        Assert.Equal("1", await TryAsync(connection, true, "SELECT count(*) FROM mailbox_rights", scalar: true));
        // Her own mailbox to Bob's tenant, and Bob's to herself.
        Assert.Equal($"refused ({Refused})", await TryAsync(connection, true, $"{Forged} VALUES (1, 1, 'bob@beta.test', 2, 3, 2047, '#user/alice@alpha.test/INBOX')"));
        Assert.Equal($"refused ({Refused})", await TryAsync(connection, true, $"{Forged} VALUES (2, 1, 'alice@alpha.test', 1, 2, 2047, '#user/bob@beta.test/INBOX')"));
        // Given to him within her tenant, it is still nothing to him.
        Assert.Equal("1", await TryAsync(connection, true, $"{Forged} VALUES (1, 1, 'bob@beta.test', 2, 2, 2047, '#user/alice@alpha.test/INBOX')"));
        var alice = await store.Backend.LoginAsync("alice@alpha.test", "secret", PostgresStore.Token);
        var bob = await store.Backend.LoginAsync("bob@beta.test", "secret", PostgresStore.Token);
        Assert.DoesNotContain(await bob.ListMailboxesAsync(false, PostgresStore.Token), static info => info.Name.Value.Contains("alice", StringComparison.Ordinal));
        await Assert.ThrowsAsync<BackendException>(() => bob.GetMailboxAsync(MailboxName.Parse("#user/alice@alpha.test/INBOX"), PostgresStore.Token));
        await Assert.ThrowsAsync<BackendException>(() => alice.GetMailboxAsync(MailboxName.Parse("#user/bob@beta.test/INBOX"), PostgresStore.Token));
    }

    [Fact]
    public async Task The_administration_sees_users_and_no_mail_and_a_login_sees_one_row()
    {
        await using var store = await TwoTenantsAsync();
        await using var connection = await OpenAsync(store);

        Assert.Equal(2L, await ScalarAsync(connection, "SELECT set_config('mailstore.administration', 'on', true); SELECT count(*) FROM users"));
        foreach (var table in (await TablesAsync(store)).Except(Administration))
            Assert.Equal(0L, await ScalarAsync(connection, $"SELECT set_config('mailstore.administration', 'on', true); SELECT count(*) FROM {table}"));
        Assert.Equal(1L, await ScalarAsync(connection, "SELECT set_config('mailstore.login', 'BOB@BETA.TEST', true); SELECT count(*) FROM users WHERE id = 2"));
        Assert.Equal(1L, await ScalarAsync(connection, "SELECT set_config('mailstore.login', 'BOB@BETA.TEST', true); SELECT count(*) FROM users"));
        Assert.Equal(1L, await ScalarAsync(connection, "SELECT set_config('mailstore.tenant', '3', true); SELECT count(*) FROM users"));
        Assert.Equal(1L, await ScalarAsync(connection, "SELECT set_config('mailstore.tenant', '3', true); SELECT count(*) FROM tenants"));
    }

    /// <summary>The pool gives out the very connection that Bob's session worked on a moment ago, and resets nothing.</summary>
    [Fact]
    public async Task Nothing_of_a_lease_is_left_on_a_pooled_connection()
    {
        await using var store = await TwoTenantsAsync(new NpgsqlConnectionStringBuilder { MaxPoolSize = 1, NoResetOnClose = true });
        var pids = new HashSet<int>();
        for (var round = 0; round < 20; round++)
        {
            var bob = await store.Users.OpenUserAsync("bob@beta.test", PostgresStore.Token);
            var inbox = await bob.GetMailboxAsync(MailboxName.Inbox, PostgresStore.Token);
            await inbox.CreateMessageAsync(PostgresStore.Message(), AppendOptions.Default, PostgresStore.Token);
            await Assert.ThrowsAsync<BackendException>(() => bob.GetMailboxAsync(MailboxName.Parse("Nothing"), PostgresStore.Token));
            var (pid, seen, settings) = await store.Internals.ReadAsync(Lease.ForStore, AsStrangerAsync, PostgresStore.Token);
            pids.Add(pid);

            Assert.Equal((0L, ""), (seen, settings));
        }

        output.WriteLine($"20 rounds on the physical connection {string.Join(", ", pids)} after another tenant's lease: no row seen, no setting left.");
        Assert.Single(pids);

        static async Task<(int Pid, long Seen, string Settings)> AsStrangerAsync(MailStoreContext context, CancellationToken token)
        {
            await context.Database.OpenConnectionAsync(token);
            var connection = (NpgsqlConnection)context.Database.GetDbConnection();
            await using var command = new NpgsqlCommand("SELECT count(*) FROM messages", connection);
            var seen = (long)(await command.ExecuteScalarAsync(token))!;
            command.CommandText = "SELECT coalesce(current_setting('mailstore.user', true), '') || coalesce(current_setting('mailstore.administration', true), '')";
            var settings = (string)(await command.ExecuteScalarAsync(token))!;
            var pid = connection.ProcessID;
            await context.Database.CloseConnectionAsync();
            return (pid, seen, settings);
        }
    }

    [Fact]
    public async Task In_a_transaction_that_several_share_each_sees_the_own_rows_only()
    {
        await using var store = await TwoTenantsAsync();
        int[] users = [1, 2, 1, 2];

        var seen = await store.Internals.WriteAsync(
            Lease.ForUser(2),
            async (scope, token) =>
            {
                var counts = new List<(long Own, long Others)>();
                foreach (var userId in users)
                {
                    scope.Use(Lease.ForUser(userId));
                    // Without the store's own filter, so that it is the database alone that hides rows.
                    var own = await scope.Context.Messages.IgnoreQueryFilters().LongCountAsync(message => message.UserId == userId, token);
                    var others = await scope.Context.Messages.IgnoreQueryFilters().LongCountAsync(message => message.UserId != userId, token);
                    counts.Add((own, others));
                    Assert.Equal(0, await scope.Context.Messages.IgnoreQueryFilters().Where(message => message.UserId != userId).ExecuteUpdateAsync(static set => set.SetProperty(static message => message.Flags, 1), token));
                }

                return counts;
            },
            PostgresStore.Token);
        var forged = await Assert.ThrowsAsync<BackendException>(() => store.Internals.WriteAsync(
            Lease.ForUser(1),
            static async (scope, token) =>
            {
                scope.Context.Add(new EfCore.Entities.SubscriptionEntity { UserId = 2, Name = "Forged" });
                return await scope.Context.SaveChangesAsync(token);
            },
            PostgresStore.Token));

        Assert.Equal([(1, 0), (1, 0), (1, 0), (1, 0)], seen);
        Assert.Contains("row-level security", forged.Message, StringComparison.Ordinal);
    }

    /// <summary>Appends of both go into shared transactions, and every session looks for rows that are not its own all the while.</summary>
    [Fact]
    public async Task Two_tenants_at_once_under_load_never_meet()
    {
        await using var store = await TwoTenantsAsync();
        var strays = new ConcurrentBag<string>();
        string[] names = ["alice@alpha.test", "bob@beta.test"];
        var looks = 0;

        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
        {
            var session = await store.Users.OpenUserAsync(names[i % 2], PostgresStore.Token);
            var inbox = await session.GetMailboxAsync(MailboxName.Inbox, PostgresStore.Token);
            for (var n = 0; n < 30; n++)
            {
                await inbox.CreateMessageAsync(PostgresStore.Message($"{names[i % 2]}\r\n"), AppendOptions.Default, PostgresStore.Token);
                var others = await store.Internals.ReadAsync(
                    Lease.ForUser((i % 2) + 1),
                    (context, token) => context.Messages.IgnoreQueryFilters().LongCountAsync(message => message.UserId != (i % 2) + 1, token),
                    PostgresStore.Token);
                Interlocked.Increment(ref looks);
                if (others > 0)
                    strays.Add($"{names[i % 2]} saw {others} rows of others.");
            }
        })));

        Assert.Empty(strays);
        Assert.Equal((181L, 181L), (await store.ScalarAsync<long>("SELECT count(*) FROM messages WHERE user_id = 1"), await store.ScalarAsync<long>("SELECT count(*) FROM messages WHERE user_id = 2")));
        Assert.Empty(await new Invariants(store.Internals).CheckAsync(PostgresStore.Token));
        output.WriteLine($"12 sessions of two tenants, 360 appends in shared transactions, {looks} looks for others' rows: none seen.");
    }

    /// <summary>Alice is the user 1 of the tenant 2, Bob the user 2 of the tenant 3; both have something in every table.</summary>
    async Task<PostgresStore> TwoTenantsAsync(NpgsqlConnectionStringBuilder? also = null)
    {
        var started = await server.StartAsync();
        var settings = new NpgsqlConnectionStringBuilder(started.ForNewDatabase());
        if (also is not null)
            (settings.MaxPoolSize, settings.NoResetOnClose) = (also.MaxPoolSize, also.NoResetOnClose);
        // The background changes rows too.
        var store = new PostgresStore(started, settings.ConnectionString, isOwner: true, static options => options.IndexInBackground = false);
        await store.Database.MigrateAsync(PostgresStore.Token);
        foreach (var (name, tenant) in new[] { ("alice", "alpha"), ("bob", "beta") })
        {
            await store.Tenants.AddTenantAsync(tenant, [$"{tenant}.test"], null, PostgresStore.Token);
            await store.Users.AddUserAsync($"{name}@{tenant}.test", "secret", PostgresStore.Token);
            var user = await store.Users.OpenUserAsync($"{name}@{tenant}.test", PostgresStore.Token);
            await FillAsync(user);
            // To anyone, and yet to nobody of the other tenant.
            await ((IAclUser)user).SetRightsAsync(MailboxName.Inbox, AclEntry.Anyone, RightsOperation.Replace, MailboxRights.All, PostgresStore.Token);
        }

        return store;
    }

    static async Task FillAsync(IUser user)
    {
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, PostgresStore.Token);
        var keywords = FlagSet.Of(Enumerable.Range(0, 60).Select(static i => Flag.Parse($"k{i}")));
        await inbox.CreateMessageAsync(PostgresStore.Message(), new AppendOptions { Flags = keywords }, PostgresStore.Token);
        await inbox.UpdateMessagesFlagsAsync(UidSet.All, FlagsOperation.Add, FlagSet.Of(Flag.Seen), PostgresStore.Token);
        await user.SetSubscribedAsync(MailboxName.Inbox, true, PostgresStore.Token);
        await ((IMetadataUser)user).SetMetadataAsync(MailboxName.Inbox, [new MetadataEntry("/private/comment", "mine"u8.ToArray())], PostgresStore.Token);
        var old = MailboxName.Parse("Old");
        await user.CreateMailboxAsync(old, CreateOptions.Default, PostgresStore.Token);
        await user.DeleteMailboxAsync(old, PostgresStore.Token);
    }

    static Task<List<string>> TablesAsync(PostgresStore store) =>
        store.Internals.ReadAsync(Lease.ForStore, static (context, _) => Task.FromResult(context.Model.GetEntityTypes().Select(static entity => entity.GetTableName()!).Distinct().ToList()), PostgresStore.Token);

    /// <summary>A row of Bob's as JSON, with another key where the own one would be refused for being there.</summary>
    static string RowOf(string table, string bobs) => $"SELECT to_jsonb(rows)::text FROM {table} AS rows WHERE {bobs} LIMIT 1";

    static string Insert(string table, string row) => $"INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, '{row.Replace("'", "''", StringComparison.Ordinal)}')";

    static async Task<string> FingerprintAsync(PostgresStore store)
    {
        var lines = new List<string>();
        foreach (var table in await TablesAsync(store))
            lines.Add(await store.ScalarAsync<string>($"SELECT '{table} ' || md5(coalesce(string_agg(rows::text, '|' ORDER BY rows::text), '')) FROM {table} AS rows"));
        return string.Join('\n', lines);
    }

    /// <summary>As the application's role, from a pool of its own.</summary>
    static async Task<NpgsqlConnection> OpenAsync(PostgresStore store)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(store.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(PostgresStore.Token);
        return connection;
    }

    /// <summary>Runs a statement, for Alice or for nobody, and says how many rows it saw or changed, or how it was refused. All is undone.</summary>
    static async Task<string> TryAsync(NpgsqlConnection connection, bool leased, string sql, bool scalar = false)
    {
        await using var transaction = await connection.BeginTransactionAsync(PostgresStore.Token);
        if (leased)
            await ScalarAsync(connection, "SELECT set_config('mailstore.user', '1', true)");
        await using var command = new NpgsqlCommand(sql, connection);
        try
        {
            return scalar ? $"{await command.ExecuteScalarAsync(PostgresStore.Token)}" : $"{await command.ExecuteNonQueryAsync(PostgresStore.Token)}";
        }
        catch (PostgresException exception)
        {
            return $"refused ({exception.SqlState})";
        }
    }

    /// <summary>The first value that the last of these statements, all of one transaction, answers.</summary>
    static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(PostgresStore.Token);
        object? value;
        do
            value = await reader.ReadAsync(PostgresStore.Token) ? reader.GetValue(0) : null;
        while (await reader.NextResultAsync(PostgresStore.Token));
        return value;
    }
}
