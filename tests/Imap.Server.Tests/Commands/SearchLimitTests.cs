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
        await using var server = await ImapTestServer.StartAsync(static options => options.MaxSearchedMailboxes = 2);
        using var client = await server.SelectAsync();
        await client.CommandAsync("x", "CREATE one");
        await client.CommandAsync("y", "CREATE two");

        Assert.Equal("a OK ESEARCH completed", Assert.Single(await client.CommandAsync("a", "ESEARCH IN (mailboxes (one two missing) mailboxes one) ALL")));
        Assert.Equal("b NO [LIMIT] These are 3 mailboxes; at most 2 are searched at once.", Assert.Single(await client.CommandAsync("b", "ESEARCH IN (personal) ALL")));
    }
}
