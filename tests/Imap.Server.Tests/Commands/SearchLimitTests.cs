namespace Imap.Server.Tests.Commands;

/// <summary>What a search may cost: each limit has its own answer, and the connection goes on.</summary>
public sealed class SearchLimitTests
{
    [Fact]
    public async Task A_search_has_so_many_keys()
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.MaxSearchKeys = 10);
        using var client = await server.SelectAsync();

        Assert.Equal("a OK SEARCH completed", (await client.CommandAsync("a", $"SEARCH{string.Concat(Enumerable.Repeat(" SEEN", 10))}"))[^1]);
        Assert.Equal("b NO [LIMIT] The search has more than 10 keys.", Assert.Single(await client.CommandAsync("b", $"SEARCH (NOT{string.Concat(Enumerable.Repeat(" SEEN", 9))})")));
        Assert.Equal("c NO [LIMIT] The search has more than 10 keys.", Assert.Single(await client.CommandAsync("c", $"SEARCH RETURN (SAVE){string.Concat(Enumerable.Repeat(" SEEN", 11))}")));
    }

    [Fact]
    public async Task The_keys_of_a_search_are_nested_so_deep()
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.MaxSearchDepth = 5);
        using var client = await server.SelectAsync();

        Assert.Equal("a OK SEARCH completed", (await client.CommandAsync("a", "SEARCH NOT NOT NOT NOT SEEN"))[^1]);
        Assert.Equal("b NO [LIMIT] The command is nested deeper than 5 levels.", Assert.Single(await client.CommandAsync("b", "SEARCH ((((((SEEN))))))")));
    }

    /// <summary>RFC 7377 §2.4.</summary>
    [Fact]
    public async Task So_many_mailboxes_are_searched_at_once()
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.MaxSearchedMailboxes = 3);
        using var client = await server.SelectAsync();
        await client.CommandAsync("x", "CREATE one");
        await client.CommandAsync("y", "CREATE two");
        await client.CommandAsync("z", "CREATE three");

        Assert.Equal("a OK ESEARCH completed", Assert.Single(await client.CommandAsync("a", "ESEARCH IN (mailboxes (one two missing) mailboxes one) ALL")));
        Assert.Equal("b NO [LIMIT] These are 4 mailboxes; at most 3 are searched at once.", Assert.Single(await client.CommandAsync("b", "ESEARCH IN (personal) ALL")));
    }

    /// <summary>RFC 7377 §2.2, §5: what may not be read is left out without a word; what is not named has to be there for whoever looks.</summary>
    [Fact]
    public async Task Mailboxes_of_others_are_searched_as_far_as_one_may_read_them()
    {
        await using var server = await ImapTestServer.StartAsync();
        await server.Store.AddUserAsync("other", "secret", TestContext.Current.CancellationToken);
        var other = (IAclUser)await server.Store.LoginAsync("other", "secret", TestContext.Current.CancellationToken);
        foreach (var (name, rights) in ((string, MailboxRights)[])[("shared", MailboxRights.Lookup | MailboxRights.Read), ("hidden", MailboxRights.Read), ("listed", MailboxRights.Lookup), ("private", MailboxRights.None)])
        {
            await other.CreateMailboxAsync(MailboxName.Parse(name), CreateOptions.Default, TestContext.Current.CancellationToken);
            var mailbox = await other.GetMailboxAsync(MailboxName.Parse(name), TestContext.Current.CancellationToken);
            await mailbox.CreateMessageAsync(new MemoryStream("Subject: x\r\n\r\n"u8.ToArray()), AppendOptions.Default, TestContext.Current.CancellationToken);
            if (rights != MailboxRights.None)
                await other.SetRightsAsync(MailboxName.Parse(name), "user", RightsOperation.Replace, rights, TestContext.Current.CancellationToken);
        }

        using var client = await server.LogInAsync();

        Assert.Equal(["a OK ESEARCH completed"], await client.CommandAsync("a", "ESEARCH IN (personal) ALL"));
        Assert.Equal(["#user/other/shared"], Found(await client.CommandAsync("b", "ESEARCH IN (subtree \"#user\") ALL")));
        Assert.Equal(
            ["#user/other/hidden", "#user/other/shared"],
            Found(await client.CommandAsync("c", "ESEARCH IN (mailboxes (#user/other/shared #user/other/hidden #user/other/listed #user/other/private #user/nobody/x)) ALL")));

        static string[] Found(IReadOnlyList<string> lines) => [.. lines.SkipLast(1).Select(static line => line.Split(' ')[5])];
    }
}
