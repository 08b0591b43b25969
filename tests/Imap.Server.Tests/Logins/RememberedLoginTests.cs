using Microsoft.Extensions.Time.Testing;

namespace Imap.Server.Tests.Logins;

/// <summary>A password that was right is known again for a while, without deriving a key, and never longer than it is right.</summary>
public sealed class RememberedLoginTests : IAsyncLifetime
{
    readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    readonly List<string> asked = [];
    ImapTestServer? server;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    ImapTestServer Server => server ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync()
    {
        server = await ImapTestServer.StartAsync(time: time);
        server.Backend.Intercept = asked.Add;
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? default;

    [Fact]
    public async Task The_second_login_derives_no_key()
    {
        Assert.Equal(["find password", "login"], await LogInAsync("LOGIN user secret"));
        Assert.Equal(["login proved"], await LogInAsync("LOGIN user secret"));
        Assert.Equal(["login proved"], await LogInAsync("AUTHENTICATE PLAIN AHVzZXIAc2VjcmV0"));
    }

    [Fact]
    public async Task It_is_forgotten_after_its_time()
    {
        await LogInAsync("LOGIN user secret");
        time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(["find password", "login"], await LogInAsync("LOGIN user secret"));
    }

    [Fact]
    public async Task A_wrong_password_costs_the_same_as_an_unknown_name_before_and_after()
    {
        foreach (var _ in new[] { 1, 2 })
        {
            Assert.Equal(["find password", "login"], await LogInAsync("LOGIN user wrong", "NO [AUTHENTICATIONFAILED]"));
            Assert.Equal(["find password", "login"], await LogInAsync("LOGIN nobody secret", "NO [AUTHENTICATIONFAILED]"));
            await LogInAsync("LOGIN user secret");
        }
    }

    [Fact]
    public async Task A_changed_password_is_known_no_longer()
    {
        await LogInAsync("LOGIN user secret");
        await Server.Store.SetPasswordAsync("user", "other", Token);

        Assert.Equal(["login proved", "find password", "login"], await LogInAsync("LOGIN user secret", "NO [AUTHENTICATIONFAILED]"));
        await LogInAsync("LOGIN user other");
        Assert.Equal(["login proved"], await LogInAsync("LOGIN user other"));
    }

    [Fact]
    public async Task Whoever_is_suspended_is_let_in_no_longer()
    {
        await LogInAsync("LOGIN user secret");
        await Server.Store.SuspendUserAsync("user", Token);

        await LogInAsync("LOGIN user secret", "NO [AUTHENTICATIONFAILED]");
        await Server.Store.ResumeUserAsync("user", Token);
        await LogInAsync("LOGIN user secret");
    }

    [Fact]
    public async Task It_can_be_switched_off()
    {
        await using var forgetful = await ImapTestServer.StartAsync(static options => options.RememberLogins = TimeSpan.Zero);
        forgetful.Backend.Intercept = asked.Add;
        using var first = await forgetful.LogInAsync();
        using var second = await forgetful.LogInAsync();

        Assert.Equal(["find password", "login", "find password", "login"], asked);
    }

    async Task<List<string>> LogInAsync(string login, string expected = "OK")
    {
        asked.Clear();
        using var client = await Server.ConnectAsync();
        Assert.StartsWith($"a {expected}", (await client.CommandAsync("a", login))[^1], StringComparison.Ordinal);
        return [.. asked];
    }
}
