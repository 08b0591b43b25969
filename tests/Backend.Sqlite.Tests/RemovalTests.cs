using Backend.EfCore.Consistency;

namespace Backend.Sqlite.Tests;

/// <summary>A large removal goes in steps: broken off between them it leaves a whole store, and is taken up again.</summary>
public sealed class RemovalTests
{
    const int Messages = 8192;

    [Fact]
    public async Task A_removal_that_is_broken_off_is_finished_by_the_next()
    {
        var (store, _) = await SqliteStore.StartAsync();
        await using var _ = store;
        await store.Tenants.AddTenantAsync("acme", ["acme.test"], null, SqliteStore.Token);
        await store.Users.AddUserAsync("bob@acme.test", "secret", SqliteStore.Token);
        await store.Users.AddUserAsync("eve@acme.test", "secret", SqliteStore.Token);
        await FillAsync(await store.Users.OpenUserAsync("eve@acme.test", SqliteStore.Token));
        await store.ExecuteAsync("CREATE TRIGGER stop BEFORE DELETE ON contents BEGIN SELECT RAISE(ABORT, 'stopped'); END");

        var stopped = await Assert.ThrowsAsync<BackendException>(() => store.Tenants.RemoveTenantAsync("acme", SqliteStore.Token));

        Assert.Equal(BackendError.Unavailable, stopped.Error);
        Assert.Equal((0L, 1L), (await store.ScalarAsync("SELECT count(*) FROM messages"), await store.ScalarAsync("SELECT count(*) FROM contents")));
        Assert.Empty(await new Invariants(store.Internals).CheckAsync(SqliteStore.Token));
        var left = await store.Tenants.ListTenantsAsync(SqliteStore.Token).SingleAsync(static tenant => tenant.Name == "acme", SqliteStore.Token);
        Assert.Equal((AccountState.Removing, 1L), (left.State, left.Users));
        var refused = await Assert.ThrowsAsync<BackendException>(() => store.Users.AddUserAsync("new@acme.test", "secret", SqliteStore.Token));
        Assert.Equal(BackendError.Cannot, refused.Error);
        Assert.Equal(BackendError.Cannot, (await Assert.ThrowsAsync<BackendException>(() => store.Tenants.ResumeTenantAsync("acme", SqliteStore.Token))).Error);
        Assert.Equal(BackendError.Cannot, (await Assert.ThrowsAsync<BackendException>(() => store.Users.ResumeUserAsync("eve@acme.test", SqliteStore.Token))).Error);
        await store.ExecuteAsync("DROP TRIGGER stop");
        await store.RestartAsync();

        await store.Tenants.RemoveTenantAsync("acme", SqliteStore.Token);

        Assert.Equal((0L, 1L, 0L), (await store.ScalarAsync("SELECT count(*) FROM contents"), await store.ScalarAsync("SELECT count(*) FROM users"), await store.ScalarAsync("SELECT count(*) FROM tenant_domains")));
        Assert.Empty(await new Invariants(store.Internals).CheckAsync(SqliteStore.Token));
    }

    [Fact]
    public async Task A_user_with_much_mail_is_removed_too()
    {
        var (store, alice) = await SqliteStore.StartAsync();
        await using var _ = store;
        await FillAsync(alice);

        await store.Users.RemoveUserAsync("alice", SqliteStore.Token);

        Assert.Equal((0L, 0L, 0L), (await store.ScalarAsync("SELECT count(*) FROM contents"), await store.ScalarAsync("SELECT count(*) FROM messages"), await store.ScalarAsync("SELECT count(*) FROM users")));
    }

    [Fact]
    public async Task No_user_leaves_the_default_tenant_while_it_is_being_removed()
    {
        var (store, _) = await SqliteStore.StartAsync();
        await using var _ = store;
        await store.Users.AddUserAsync("ada@example.org", "secret", SqliteStore.Token);
        await store.ExecuteAsync("CREATE TRIGGER stop BEFORE DELETE ON users BEGIN SELECT RAISE(ABORT, 'stopped'); END");
        await Assert.ThrowsAsync<BackendException>(() => store.Tenants.RemoveTenantAsync(ITenantDirectory.Default, SqliteStore.Token));

        var refused = await Assert.ThrowsAsync<BackendException>(() => store.Tenants.AddTenantAsync("example", ["example.org"], null, SqliteStore.Token));

        Assert.Equal(BackendError.Cannot, refused.Error);
        Assert.Equal((2L, 1L, 0L), (await store.ScalarAsync("SELECT count(*) FROM users"), await store.ScalarAsync("SELECT count(*) FROM tenants"), await store.ScalarAsync("SELECT count(*) FROM tenant_domains")));
        await store.ExecuteAsync("DROP TRIGGER stop");
        await store.Tenants.RemoveTenantAsync(ITenantDirectory.Default, SqliteStore.Token);
        await store.Tenants.AddTenantAsync("example", ["example.org"], null, SqliteStore.Token);
        Assert.Equal(0L, await store.ScalarAsync("SELECT count(*) FROM users"));
    }

    /// <summary>Who logs in, or is at work, while the tenant is removed hears what those hear who come later.</summary>
    [Fact]
    public async Task A_tenant_can_go_between_two_looks_at_a_user()
    {
        var stop = new CommandStop();
        var (store, _) = await SqliteStore.StartAsync(options =>
        {
            var configure = options.ConfigureDatabase!;
            options.UseDatabase(options.Dialect!, builder =>
            {
                configure(builder);
                builder.AddInterceptors(stop);
            });
        });
        await using var _ = store;

        await AddAsync();
        stop.Before("tenants", () => store.Tenants.RemoveTenantAsync("acme", SqliteStore.Token));
        Assert.Equal(BackendError.InvalidCredentials, (await Assert.ThrowsAsync<BackendException>(() => store.Backend.LoginAsync("bob@acme.test", "secret", SqliteStore.Token))).Error);

        await AddAsync();
        var bob = await store.Backend.LoginAsync("bob@acme.test", "secret", SqliteStore.Token);
        stop.Before("tenants", () => store.Tenants.RemoveTenantAsync("acme", SqliteStore.Token));
        Assert.Equal(BackendError.NoSuchMailbox, (await Assert.ThrowsAsync<BackendException>(() => bob.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token))).Error);

        async Task AddAsync()
        {
            await store.Tenants.AddTenantAsync("acme", ["acme.test"], null, SqliteStore.Token);
            await store.Users.AddUserAsync("bob@acme.test", "secret", SqliteStore.Token);
        }
    }

    /// <summary>Copies of one message, twice as many each time.</summary>
    static async Task FillAsync(IUser user)
    {
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        await inbox.CreateMessageAsync(SqliteStore.Message(), new AppendOptions { Flags = FlagSet.Of(Flag.Seen, Flag.Deleted) }, SqliteStore.Token);
        for (var count = 1; count < Messages; count *= 2)
            await inbox.CopyMessagesAsync(UidSet.All, MailboxName.Inbox, SqliteStore.Token);
    }
}
