namespace Backend.Specification.Tests.Users;

/// <summary>IScramBackend and ITrustedBackend. RFC 5802 §3, §9; RFC 7677; RFC 7628.</summary>
public abstract class ProvedLoginSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    IScramBackend Scram => Assert.IsAssignableFrom<IScramBackend>(Fixture.Backend);

    ITrustedBackend Trusted => Assert.IsAssignableFrom<ITrustedBackend>(Fixture.Backend);

    [Fact]
    public virtual void The_backend_says_that_it_can()
    {
        Assert.True(Fixture.Backend.Supports(typeof(IScramBackend)));
        Assert.True(Fixture.Backend.Supports(typeof(ITrustedBackend)));
    }

    [Fact]
    public virtual async Task What_is_stored_of_a_password_is_found_by_the_name_in_any_case()
    {
        var stored = await Fixture.Users.GetPasswordAsync(Username, Token);

        Assert.Equal(stored, await Scram.FindPasswordAsync(Username, Token));
        Assert.Equal(stored, await Scram.FindPasswordAsync(Username.ToUpperInvariant(), Token));
    }

    [Fact]
    public virtual async Task Whoever_has_proved_the_password_is_let_in()
    {
        var user = await Scram.LoginProvedAsync(Username.ToUpperInvariant(), await Scram.FindPasswordAsync(Username, Token), Token);

        Assert.Equal(Username, user.Username);
        Assert.Equal(["INBOX"], await user.NamesAsync());
    }

    [Fact]
    public virtual async Task What_is_told_of_an_unknown_name_looks_like_all_others_and_stays_the_same()
    {
        var known = await Scram.FindPasswordAsync(Username, Token);
        var unknown = await Scram.FindPasswordAsync("nobody@example.org", Token);

        Assert.Equal((known.Salt.Length, known.Iterations, known.StoredKey.Length, known.ServerKey.Length), (unknown.Salt.Length, unknown.Iterations, unknown.StoredKey.Length, unknown.ServerKey.Length));
        Assert.Equal(unknown, await Scram.FindPasswordAsync("Nobody@Example.org", Token));
        Assert.NotEqual(unknown.Salt, (await Scram.FindPasswordAsync("somebody@example.org", Token)).Salt);
        await RefusedAsync(BackendError.InvalidCredentials, () => Scram.LoginProvedAsync("nobody@example.org", unknown, Token));
    }

    [Fact]
    public virtual async Task A_password_that_was_changed_lets_nobody_in_any_more()
    {
        var old = await Scram.FindPasswordAsync(Username, Token);

        // The same password once more is another secret too.
        await Fixture.Users.SetPasswordAsync(Username, Password, Token);

        await RefusedAsync(BackendError.InvalidCredentials, () => Scram.LoginProvedAsync(Username, old, Token));
        Assert.Equal(Username, (await Scram.LoginProvedAsync(Username, await Scram.FindPasswordAsync(Username, Token), Token)).Username);
    }

    [Fact]
    public virtual async Task Another_users_password_proves_nothing()
    {
        var other = await Scram.FindPasswordAsync("nobody@example.org", Token);

        await RefusedAsync(BackendError.InvalidCredentials, () => Scram.LoginProvedAsync(Username, other, Token));
    }

    [Fact]
    public virtual async Task Whoever_was_identified_by_somebody_else_is_let_in()
    {
        Assert.Equal(Username, (await Trusted.LoginTrustedAsync(Username.ToUpperInvariant(), Token)).Username);
        await RefusedAsync(BackendError.InvalidCredentials, () => Trusted.LoginTrustedAsync("nobody@example.org", Token));
    }

    [Fact]
    public virtual async Task Whoever_is_suspended_is_not_let_in_either_way()
    {
        var stored = await Scram.FindPasswordAsync(Username, Token);
        await Fixture.Users.SuspendUserAsync(Username, Token);
        await LockedOutAsync();
        Assert.Equal(stored, await Scram.FindPasswordAsync(Username, Token));

        await Fixture.Users.ResumeUserAsync(Username, Token);
        await Fixture.Tenants.SuspendTenantAsync(Tenant, Token);
        await LockedOutAsync();

        await Fixture.Tenants.ResumeTenantAsync(Tenant, Token);
        await Scram.LoginProvedAsync(Username, stored, Token);
        await Trusted.LoginTrustedAsync(Username, Token);

        async Task LockedOutAsync()
        {
            await RefusedAsync(BackendError.InvalidCredentials, () => Scram.LoginProvedAsync(Username, stored, Token));
            await RefusedAsync(BackendError.InvalidCredentials, () => Trusted.LoginTrustedAsync(Username, Token));
        }
    }
}
