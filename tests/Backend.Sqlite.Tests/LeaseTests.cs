using Backend.EfCore;
using Backend.EfCore.Accounts;
using Backend.EfCore.Entities;
using Backend.EfCore.Messages;
using Backend.EfCore.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Backend.Sqlite.Tests;

/// <summary>No query runs without saying for whom, and none sees more than that.</summary>
public sealed class LeaseTests
{
    /// <summary>The tables whose rows are nobody's mail: the administration's, which also keeps who may see whose mailboxes.</summary>
    static readonly Type[] Administration = [typeof(TenantEntity), typeof(TenantDomainEntity), typeof(UserEntity), typeof(MailboxRightsEntity)];

    [Fact]
    public async Task Every_table_is_filtered_by_the_lease_and_every_key_of_mail_begins_with_the_user()
    {
        await using var store = new SqliteStore();

        var entities = await store.Internals.ReadAsync(Lease.ForStore, static (context, _) => Task.FromResult(context.Model.GetEntityTypes().ToList()), SqliteStore.Token);

        Assert.True(entities.Count >= 12);
        Assert.All(entities, static entity => Assert.NotEmpty(entity.GetDeclaredQueryFilters()));
        Assert.All(entities.Where(static entity => !Administration.Contains(entity.ClrType)), static entity =>
        {
            // A text has a number on SQLite, by which its index knows it: another key is the user's.
            Assert.Contains("UserId", entity.GetKeys().Select(static key => key.Properties[0].Name).Concat(entity.GetIndexes().Where(static index => index.IsUnique).Select(static index => index.Properties[0].Name)));
            Assert.True(entity.ClrType == typeof(ContentTextEntity) || entity.FindPrimaryKey()!.Properties[0].Name == "UserId");
            Assert.All(entity.GetIndexes(), static index => Assert.Equal("UserId", index.Properties[0].Name));
            Assert.All(entity.GetForeignKeys(), static key => Assert.Equal("UserId", key.Properties[0].Name));
        });
    }

    [Fact]
    public async Task A_context_that_nobody_has_leased_throws_whatever_it_is_asked()
    {
        var (store, _) = await SqliteStore.StartAsync();
        await using var __ = store;
        var left = await store.Internals.ReadAsync(Lease.ForUser(1), static (context, _) => Task.FromResult(context), SqliteStore.Token);
        Assert.Null(left.Lease);
        await using var context = store.CreateContext();

        await ThrowsForAllAsync(context, context.Model.GetEntityTypes().Select(static entity => entity.ClrType));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.Internals.Queries.Mailboxes.ById(context, 1, 1, SqliteStore.Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.Internals.Dialect.LockMailboxAsync(context, 1, 1, SqliteStore.Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => context.Messages.Where(static message => message.UserId == 1).ExecuteDeleteAsync(SqliteStore.Token));
    }

    [Fact]
    public async Task The_administration_sees_users_and_nobodys_mail()
    {
        var (store, _) = await SqliteStore.StartAsync();
        await using var __ = store;
        await using var context = store.CreateContext();
        foreach (var lease in (Lease[])[Lease.ForStore, Lease.ForTenant(1), Lease.ForLogin(UserName.Normalize("alice"))])
        {
            context.Lease = lease;

            Assert.Equal("alice", (await context.Users.SingleAsync(SqliteStore.Token)).Name);
            await ThrowsForAllAsync(context, context.Model.GetEntityTypes().Select(static entity => entity.ClrType).Except(Administration));
        }
    }

    /// <summary>Asked for somebody else's rows by name, whatever the query says.</summary>
    [Fact]
    public async Task A_user_sees_no_other()
    {
        var (store, alice) = await SqliteStore.StartAsync();
        await using var _ = store;
        await store.Users.AddUserAsync("bob", "secret", SqliteStore.Token);
        await (await alice.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token)).CreateMessageAsync(SqliteStore.Message(), new AppendOptions { Flags = FlagSet.Of(Flag.Parse("$Work")) }, SqliteStore.Token);
        await using var context = store.CreateContext();
        context.Lease = Lease.ForUser(2);

        Assert.Equal("bob", (await context.Users.SingleAsync(SqliteStore.Token)).Name);
        Assert.Empty(await context.Tenants.ToListAsync(SqliteStore.Token));
        Assert.Equal([2], await context.Mailboxes.Select(static mailbox => mailbox.UserId).ToListAsync(SqliteStore.Token));
        Assert.Null(await store.Internals.Queries.Mailboxes.ById(context, 1, 1, SqliteStore.Token));
        Assert.Empty(await context.Messages.ToListAsync(SqliteStore.Token));
        Assert.Empty(await context.Keywords.ToListAsync(SqliteStore.Token));
        Assert.Equal(0, await context.Messages.Where(static message => message.UserId == 1).ExecuteUpdateAsync(static set => set.SetProperty(static message => message.Flags, FlagBits.Deleted), SqliteStore.Token));
        Assert.Equal(0, await context.Contents.ExecuteDeleteAsync(SqliteStore.Token));
    }

    static async Task ThrowsForAllAsync(MailStoreContext context, IEnumerable<Type> entities)
    {
        var query = typeof(LeaseTests).GetMethod(nameof(AskAsync), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!;
        foreach (var entity in entities)
        {
            var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => (Task)query.MakeGenericMethod(entity).Invoke(null, [context])!);
            Assert.Contains("lease", thrown.ToString(), StringComparison.Ordinal);
        }
    }

    static Task<List<TEntity>> AskAsync<TEntity>(MailStoreContext context)
        where TEntity : class => context.Set<TEntity>().ToListAsync(SqliteStore.Token);
}
