using System.Globalization;

namespace Imap.Server.Tests.Extensions;

/// <summary>What the transcripts of RFC 5465 cannot show.</summary>
public sealed class NotifyTests
{
    /// <summary>RFC 5465 §3.1, §5.8.</summary>
    [Fact]
    public async Task Too_many_mailboxes_are_not_watched()
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.MaxWatchedMailboxes = 3);
        using var client = await server.LogInAsync();
        using var other = await server.LogInAsync();
        for (var i = 1; i <= 2; i++)
            await other.CommandAsync("a", string.Create(CultureInfo.InvariantCulture, $"CREATE box{i}"));
        Assert.Equal(["b OK NOTIFY completed"], await client.CommandAsync("b", "NOTIFY SET (personal (MailboxName))"));

        await other.CommandAsync("c", "CREATE box3");
        Assert.StartsWith("* OK [NOTIFICATIONOVERFLOW] ", await client.ReadLineAsync(), StringComparison.Ordinal);
        await other.CommandAsync("d", "DELETE box3");
        Assert.Equal(["e OK NOOP completed"], await client.CommandAsync("e", "NOOP"));
        await other.CommandAsync("f", "CREATE box3");
        Assert.StartsWith("g NO [NOTIFICATIONOVERFLOW] ", Assert.Single(await client.CommandAsync("g", "NOTIFY SET (personal (MailboxName))")), StringComparison.Ordinal);
    }

    /// <summary>RFC 5465 §3.1: the client that waits hears at once, and what it says is heard, with nothing lost or said twice.</summary>
    [Fact]
    public async Task Commands_and_news_do_not_get_in_each_others_way()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.SelectAsync();
        Assert.Equal("a OK NOTIFY completed", (await client.CommandAsync("a", "NOTIFY SET (selected (MessageNew (UID) MessageExpunge))"))[^1]);

        var lines = new List<string>();
        var appending = AppendManyAsync(server, 50);
        for (var i = 0; i < 50; i++)
            lines.AddRange(await client.CommandAsync(string.Create(CultureInfo.InvariantCulture, $"n{i}"), "NOOP"));
        await appending;
        lines.AddRange(await client.CommandAsync("last", "NOOP"));

        Assert.Equal(
            Enumerable.Range(1, 50).Select(static n => string.Create(CultureInfo.InvariantCulture, $"* {n} FETCH (UID {n})")),
            lines.Where(static line => line.Contains(" FETCH ", StringComparison.Ordinal)));
        Assert.Equal("* 50 EXISTS", lines.Last(static line => line.EndsWith(" EXISTS", StringComparison.Ordinal)));
    }

    /// <summary>What fails while nobody has asked for anything is no end of the connection.</summary>
    [Theory]
    [InlineData("list")]
    [InlineData("statuses")]
    public async Task A_store_that_cannot_answer_is_asked_again(string operation)
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.LogInAsync();
        using var other = await server.LogInAsync();
        Assert.Equal("a OK NOTIFY completed", (await client.CommandAsync("a", "NOTIFY SET (personal (MailboxName))"))[^1]);
        server.Backend.Intercept = name =>
        {
            if (name == operation)
                throw new BackendException(BackendError.Unavailable, "The store cannot answer now.");
        };
        await other.CommandAsync("b", "CREATE box");
        Assert.Equal("c OK NOOP completed", Assert.Single(await client.CommandAsync("c", "NOOP")));

        server.Backend.Intercept = null;
        Assert.Contains("* LIST (\\HasNoChildren) \"/\" box", await client.CommandAsync("d", "NOOP"));
    }

    /// <summary>Nor is it where the messages cannot be read that the client is to be told of.</summary>
    [Fact]
    public async Task News_that_cannot_be_fetched_are_news_all_the_same()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.SelectAsync();
        Assert.Equal("a OK NOTIFY completed", (await client.CommandAsync("a", "NOTIFY SET (selected-delayed (MessageNew (UID FLAGS) MessageExpunge))"))[^1]);
        server.Backend.Intercept = static name =>
        {
            if (name == "fetch")
                throw new BackendException(BackendError.Unavailable, "The store cannot answer now.");
        };
        await server.AppendAsync("Subject: x\r\n\r\nx\r\n"u8.ToArray());
        List<string> heard = [.. await client.CommandAsync("b", "NOOP"), .. await client.CommandAsync("c", "NOOP")];
        Assert.Contains("* 1 EXISTS", heard);
        Assert.Contains("c OK NOOP completed", heard);

        server.Backend.Intercept = null;
        Assert.Contains(await client.CommandAsync("d", "FETCH 1 UID"), static line => line.StartsWith("* 1 FETCH (", StringComparison.Ordinal));
    }

    /// <summary>RFC 5530 §3 (CONTACTADMIN): as in every other state.</summary>
    [Fact]
    public async Task An_account_that_is_suspended_ends_the_session()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.LogInAsync();
        Assert.Equal("a OK NOTIFY completed", (await client.CommandAsync("a", "NOTIFY SET (personal (MessageNew MessageExpunge))"))[^1]);
        await server.Store.SuspendUserAsync("user", TestContext.Current.CancellationToken);

        await server.AppendAsync("Subject: x\r\n\r\nx\r\n"u8.ToArray());

        Assert.Equal("* BYE The account has been suspended.", await client.ReadLineAsync());
    }

    /// <summary>RFC 5465 §5 is about what others do: what the client itself has removed it hears of (RFC 9051 §6.4.3).</summary>
    [Fact]
    public async Task What_the_client_itself_removes_is_told_though_it_wants_no_news()
    {
        await using var server = await ImapTestServer.StartAsync();
        for (var i = 0; i < 3; i++)
            await server.AppendAsync("Subject: x\r\n\r\nx\r\n"u8.ToArray());
        using var client = await server.SelectAsync();
        await client.CommandAsync("a", "NOTIFY NONE");
        await client.CommandAsync("b", "STORE 2 +FLAGS.SILENT (\\Deleted)");

        Assert.Equal(["* 2 EXPUNGE", "c OK EXPUNGE completed"], await client.CommandAsync("c", "EXPUNGE"));
    }

    static async Task AppendManyAsync(ImapTestServer server, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await server.AppendAsync("Subject: x\r\n\r\nx\r\n"u8.ToArray());
            await Task.Yield();
        }
    }
}
