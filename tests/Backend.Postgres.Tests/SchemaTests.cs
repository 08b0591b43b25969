using Backend.EfCore.Consistency;
using Backend.EfCore.Tenancy;
using Backend.Specification.Tests.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Postgres.Testing;

namespace Backend.Postgres.Tests;

/// <summary>The tables that the migrations make.</summary>
public sealed class SchemaTests(TestServer server)
{
    [Fact]
    public async Task The_model_has_no_changes_that_a_migration_lacks()
    {
        await using var store = new PostgresStore(await server.StartAsync());

        var pending = await store.Internals.ReadAsync(Lease.ForStore, static (context, _) => Task.FromResult(context.Database.HasPendingModelChanges()), PostgresStore.Token);

        Assert.False(pending, "The model changed: add a migration (see CONTRIBUTING.md).");
    }

    /// <summary>It goes back to what was there before sorting, sharing, limits and annotations, and on from there.</summary>
    [Fact]
    public async Task Mail_from_before_is_as_good_as_new()
    {
        await using var store = new PostgresStore(await server.StartAsync());
        await store.Database.MigrateAsync(PostgresStore.Token);
        var mail = new OldMail(store.Users, store.Backend);
        await mail.FillAsync();
        await store.Internals.ReadAsync(
            Lease.ForStore,
            static async (context, token) =>
            {
                await context.GetService<IMigrator>().MigrateAsync("SearchIndex", token);
                return true;
            },
            PostgresStore.Token);

        Assert.Equal(5, (await store.Database.MigrateAsync(PostgresStore.Token)).Count);

        await mail.CheckAsync();
        Assert.Empty(await new Invariants(store.Internals).CheckAsync(PostgresStore.Token));
    }

    [Fact]
    public async Task Migrating_says_what_it_did_and_does_it_once()
    {
        await using var store = new PostgresStore(await server.StartAsync());

        var pending = await store.Database.GetPendingMigrationsAsync(PostgresStore.Token);
        var applied = await store.Database.MigrateAsync(PostgresStore.Token);
        var again = await store.Database.MigrateAsync(PostgresStore.Token);

        Assert.NotEmpty(applied);
        Assert.Equal(pending, applied);
        Assert.Empty(again);
    }

    [Fact]
    public async Task Looking_makes_nothing()
    {
        await using var store = new PostgresStore(await server.StartAsync());

        Assert.False(await store.Database.ExistsAsync(PostgresStore.Token));
        Assert.NotEmpty(await store.Database.GetPendingMigrationsAsync(PostgresStore.Token));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => store.ScalarAsync<int>("SELECT 1"));

        await store.CreateDatabaseAsync();
        Assert.False(await store.Database.ExistsAsync(PostgresStore.Token));
        Assert.Equal(0L, await store.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));

        await store.Database.MigrateAsync(PostgresStore.Token);
        Assert.True(await store.Database.ExistsAsync(PostgresStore.Token));
    }

    [Fact]
    public async Task Four_programs_that_start_at_once_make_one_database()
    {
        await using var store = new PostgresStore(await server.StartAsync());
        await using var second = store.OpenSecond();
        await using var third = store.OpenSecond();
        await using var fourth = store.OpenSecond();

        await Task.WhenAll(new[] { store, second, third, fourth }.Select(static each => each.Database.MigrateAsync(PostgresStore.Token)));

        Assert.Empty(await store.Database.GetPendingMigrationsAsync(PostgresStore.Token));
        await fourth.Users.AddUserAsync("alice", "secret", PostgresStore.Token);
        Assert.Equal("alice", (await store.Users.OpenUserAsync("alice", PostgresStore.Token)).Username);
    }

    [Fact]
    public async Task The_idempotent_script_makes_what_the_migrations_make_and_can_be_run_again()
    {
        await using var store = new PostgresStore(await server.StartAsync());
        await store.CreateDatabaseAsync();
        var script = await store.Internals.ReadAsync(
            Lease.ForStore,
            static (context, _) => Task.FromResult(context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent)),
            PostgresStore.Token);

        await store.ExecuteAsOwnerAsync(script);
        await store.ExecuteAsOwnerAsync(script);

        Assert.Empty(await store.Database.GetPendingMigrationsAsync(PostgresStore.Token));
        Assert.Equal(0L, await store.ScalarAsync<long>("SELECT count(*) FROM messages"));
    }

    /// <summary>The server of these tests may put ä before b; the store never does.</summary>
    [Fact]
    public async Task Texts_compare_octet_by_octet()
    {
        await using var store = new PostgresStore(await server.StartAsync());
        await store.Database.MigrateAsync(PostgresStore.Token);

        var others = await store.ScalarAsync<long>("""
            SELECT count(*)
            FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '__EFMigrationsHistory' AND attnum > 0
                AND atttypid = 'text'::regtype AND attcollation <> '"C"'::regcollation
            """);

        Assert.Equal(0, others);
    }

    [Theory]
    [InlineData("messages", 80)]
    [InlineData("mailboxes", 50)]
    public async Task Rows_that_change_leave_room_on_their_pages(string table, int fillfactor)
    {
        await using var store = new PostgresStore(await server.StartAsync());
        await store.Database.MigrateAsync(PostgresStore.Token);

        Assert.Equal([$"fillfactor={fillfactor}"], await store.ScalarAsync<string[]>($"SELECT reloptions FROM pg_class WHERE oid = '{table}'::regclass"));
    }

    [Fact]
    public async Task Messages_have_no_index_that_a_change_of_flags_would_have_to_change()
    {
        await using var store = new PostgresStore(await server.StartAsync());
        await store.Database.MigrateAsync(PostgresStore.Token);

        var indexes = await store.ScalarAsync<long>("SELECT count(*) FROM pg_indexes WHERE tablename = 'messages' AND (indexdef LIKE '%flags%' OR indexdef LIKE '%mod_seq%')");

        Assert.Equal(0, indexes);
    }

    [Fact]
    public async Task What_can_be_long_is_compressed_by_lz4()
    {
        await using var store = new PostgresStore(await server.StartAsync());
        await store.Database.MigrateAsync(PostgresStore.Token);
        Assert.SkipUnless(await store.ScalarAsync<bool>("SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"), "This server was built without lz4.");

        var columns = await store.ScalarAsync<string[]>("""
            SELECT coalesce(array_agg(attrelid::regclass || '.' || attname), '{}')
            FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE relkind = 'r' AND relname IN ('contents', 'content_texts', 'content_chunks', 'mailbox_changes') AND attnum > 0 AND attstorage = 'x' AND attcompression <> 'l'
            """);

        Assert.Empty(columns);
    }
}
