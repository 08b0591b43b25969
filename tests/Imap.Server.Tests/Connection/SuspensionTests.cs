namespace Imap.Server.Tests.Connection;

/// <summary>A session whose account is suspended gets nothing more and is ended. RFC 5530 §3 (CONTACTADMIN).</summary>
public sealed class SuspensionTests
{
    const string Bye = "* BYE The account has been suspended.";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("LIST \"\" *", "a NO [CONTACTADMIN] ")]
    [InlineData("FETCH 1 BODY[]", "a NO [CONTACTADMIN] ")]
    [InlineData("NOOP", "a OK ")]
    public async Task The_next_command_is_the_last(string command, string answer)
    {
        await using var server = await ImapTestServer.StartAsync();
        await server.AppendAsync("Subject: secret\r\n\r\n"u8.ToArray());
        using var client = await server.SelectAsync();
        await server.Store.SuspendUserAsync("user", Token);

        await client.SendAsync($"a {command}\r\n");
        var lines = await client.ReadUntilTaggedAsync("a");

        Assert.StartsWith(answer, Assert.Single(lines), StringComparison.Ordinal);
        Assert.Equal(Bye, await client.ReadLineAsync());
        Assert.Null(await client.ReadLineAsync());
    }

    [Fact]
    public async Task Whoever_waits_in_IDLE_is_told_at_the_next_hint()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.SelectAsync();
        await client.SendAsync("a IDLE\r\n");
        Assert.StartsWith("+ ", await client.ReadLineAsync(), StringComparison.Ordinal);
        await server.Store.SuspendTenantAsync(ITenantDirectory.Default, Token);

        await server.AppendAsync("Subject: secret\r\n\r\n"u8.ToArray());

        Assert.Equal(Bye, await client.ReadLineAsync());
        Assert.Null(await client.ReadLineAsync());
    }
}
