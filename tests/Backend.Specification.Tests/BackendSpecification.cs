namespace Backend.Specification.Tests;

/// <summary>
/// What all suites stand on: a fresh user of a fresh tenant for each test, logged in, and at its end the check that the neighbour is as before and that the
/// store's invariants hold. A backend's test project inherits every suite with its fixture.
/// </summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class BackendSpecification<TFixture>(TFixture fixture) : IClassFixture<TFixture>, IAsyncLifetime
    where TFixture : BackendFixture
{
    protected const string Password = "correct horse battery staple";

    IUser? user;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected TFixture Fixture => fixture;

    /// <summary>The test's own user.</summary>
    protected string Username { get; } = fixture.NextUsername();

    /// <summary>The tenant that the test's user belongs to, and nobody else.</summary>
    protected string Tenant => Username.Replace('@', '.').ToLowerInvariant();

    /// <summary>The user's first connection.</summary>
    protected IUser User => user ?? throw new InvalidOperationException("The test has not started.");

    public virtual async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(fixture.Missing is not null, fixture.Missing ?? "");
        await fixture.Tenants.AddTenantAsync(Tenant, [], null, Token);
        await fixture.Users.AddUserAsync(Username, Password, Tenant, Token);
        user = await LoginAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (fixture.Missing is not null)
            return;
        if (user is not null)
            await user.LogoutAsync();
        await fixture.Neighbour.AssertUntouchedAsync();
        Assert.Empty(await fixture.CheckInvariantsAsync(Token));
        GC.SuppressFinalize(this);
    }

    /// <summary>Another user, logged in.</summary>
    /// <param name="tenant">Whose; null for the test's own tenant.</param>
    protected async Task<IUser> AddUserAsync(string? tenant = null)
    {
        var name = fixture.NextUsername();
        if (tenant is not null)
            await fixture.Tenants.AddTenantAsync(tenant, [], null, Token);
        await fixture.Users.AddUserAsync(name, Password, tenant ?? Tenant, Token);
        return await fixture.Backend.LoginAsync(name, Password, Token);
    }

    /// <summary>Another connection of the same user.</summary>
    protected Task<IUser> LoginAsync() => fixture.Backend.LoginAsync(Username, Password, Token);

    /// <summary>A handle of another connection.</summary>
    protected async Task<IMailbox> OpenElsewhereAsync(string name) => await (await LoginAsync()).OpenAsync(name);

    protected Task<IMailbox> InboxAsync() => User.OpenAsync("INBOX");

    /// <summary>Searches twice, before what was appended last is in the text index, and after: what is found must not depend on that.</summary>
    protected async Task<Uid[]> SearchAsync(IMailbox mailbox, SearchKey key)
    {
        var before = await mailbox.SearchAsync(key);
        await fixture.IndexAsync(Token);
        Assert.Equal(before, await mailbox.SearchAsync(key));
        return before;
    }

    /// <summary>Asserts that the store refuses for this reason, in words that can be shown to a user.</summary>
    protected static async Task<BackendException> RefusedAsync(BackendError error, Func<Task> act)
    {
        var refusal = await Assert.ThrowsAsync<BackendException>(act);
        Assert.Equal(error, refusal.Error);
        Assert.False(string.IsNullOrWhiteSpace(refusal.Message));
        Assert.DoesNotContain('\n', refusal.Message);
        return refusal;
    }

    /// <summary>Asserts that the store refuses for this reason and that the user's mailboxes are as they were.</summary>
    protected async Task RefusedWithoutAnyChangeAsync(BackendError error, Func<Task> act)
    {
        var before = await Snapshot.OfAsync(User);
        await RefusedAsync(error, act);
        Assert.Equal(before, await Snapshot.OfAsync(User));
    }

    /// <summary>Runs the same on several connections of the user at once.</summary>
    protected async Task<T[]> AtOnceAsync<T>(int count, Func<IUser, int, Task<T>> act)
    {
        var connections = new IUser[count];
        for (var i = 0; i < count; i++)
            connections[i] = await LoginAsync();
        return await Task.WhenAll(connections.Select((connection, i) => Task.Run(() => act(connection, i), Token)));
    }

    protected Task AtOnceAsync(int count, Func<IUser, int, Task> act) =>
        AtOnceAsync(count, async (connection, i) =>
        {
            await act(connection, i);
            return true;
        });
}
