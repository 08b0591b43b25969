using Backend.EfCore.Consistency;
using Backend.EfCore.Tenancy;
using Backend.Specification.Tests.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Backend.Sqlite.Tests;

/// <summary>The tables that the migrations make.</summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task The_model_has_no_changes_that_a_migration_lacks()
    {
        await using var store = new SqliteStore();

        var pending = await store.Internals.ReadAsync(Lease.ForStore, static (context, _) => Task.FromResult(context.Database.HasPendingModelChanges()), SqliteStore.Token);

        Assert.False(pending, "The model changed: add a migration (see CONTRIBUTING.md).");
    }

    [Theory]
    [InlineData("mailboxes")]
    [InlineData("mailbox_history")]
    [InlineData("subscriptions")]
    [InlineData("messages")]
    [InlineData("keywords")]
    [InlineData("message_keywords")]
    [InlineData("mailbox_changes")]
    [InlineData("mailbox_rights")]
    [InlineData("content_sorts")]
    public async Task Narrow_tables_have_no_rowid(string table)
    {
        await using var store = new SqliteStore();
        await store.Database.MigrateAsync(SqliteStore.Token);

        var without = await store.ScalarAsync($"SELECT count(*) FROM sqlite_master WHERE name = '{table}' AND sql LIKE '%WITHOUT ROWID%'");

        Assert.Equal(1, without);
    }

    [Fact]
    public async Task Messages_have_no_index_that_a_change_of_flags_would_have_to_change()
    {
        await using var store = new SqliteStore();
        await store.Database.MigrateAsync(SqliteStore.Token);

        var indexes = await store.ScalarAsync("SELECT count(*) FROM sqlite_master WHERE type = 'index' AND tbl_name = 'messages' AND (sql LIKE '%flags%' OR sql LIKE '%mod_seq%')");

        Assert.Equal(0, indexes);
    }

    [Fact]
    public async Task Looking_makes_nothing()
    {
        await using var store = new SqliteStore();

        Assert.False(await store.Database.ExistsAsync(SqliteStore.Token));
        Assert.NotEmpty(await store.Database.GetPendingMigrationsAsync(SqliteStore.Token));
        Assert.False(File.Exists(store.File));

        await store.Database.MigrateAsync(SqliteStore.Token);
        Assert.True(await store.Database.ExistsAsync(SqliteStore.Token));
    }

    /// <summary>It goes back to what was there before sorting, sharing, limits and annotations, and on from there.</summary>
    [Fact]
    public async Task Mail_from_before_is_as_good_as_new()
    {
        await using var store = new SqliteStore();
        await store.Database.MigrateAsync(SqliteStore.Token);
        var mail = new OldMail(store.Users, store.Backend);
        await mail.FillAsync();
        await store.Internals.ReadAsync(
            Lease.ForStore,
            static async (context, token) =>
            {
                await context.GetService<IMigrator>().MigrateAsync("SearchIndex", token);
                return true;
            },
            SqliteStore.Token);

        Assert.Equal(5, (await store.Database.MigrateAsync(SqliteStore.Token)).Count);

        await mail.CheckAsync();
        Assert.Empty(await new Invariants(store.Internals).CheckAsync(SqliteStore.Token));
    }

    [Fact]
    public async Task Migrating_says_what_it_did_and_does_it_once()
    {
        await using var store = new SqliteStore();

        var pending = await store.Database.GetPendingMigrationsAsync(SqliteStore.Token);
        var applied = await store.Database.MigrateAsync(SqliteStore.Token);
        var again = await store.Database.MigrateAsync(SqliteStore.Token);

        Assert.NotEmpty(applied);
        Assert.Equal(pending, applied);
        Assert.Empty(again);
    }

    [Fact]
    public async Task A_commit_is_flushed_to_disk_and_foreign_keys_are_kept()
    {
        var (store, _) = await SqliteStore.StartAsync();
        await using (store)
        {
            var pragmas = await store.Internals.ReadAsync(
                Lease.ForStore,
                static async (context, token) => (
                    Journal: (await context.Database.SqlQueryRaw<string>("PRAGMA journal_mode").ToListAsync(token))[0],
                    Synchronous: (await context.Database.SqlQueryRaw<long>("PRAGMA synchronous").ToListAsync(token))[0],
                    ForeignKeys: (await context.Database.SqlQueryRaw<long>("PRAGMA foreign_keys").ToListAsync(token))[0]),
                SqliteStore.Token);

            Assert.Equal(("wal", 2L, 1L), pragmas);
        }
    }
}
