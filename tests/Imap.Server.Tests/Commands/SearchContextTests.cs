using Microsoft.Extensions.Time.Testing;

namespace Imap.Server.Tests.Commands;

/// <summary>Searches whose results are kept up to date: what takes time or limits to see. RFC 5267 §4.3.</summary>
public sealed class SearchContextTests
{
    /// <summary>RFC 5267 §4.3.1: one is always there, and what else was asked for is done.</summary>
    [Fact]
    public async Task So_many_searches_of_a_session_are_updated()
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.MaxSearchContexts = 1);
        using var client = await server.SelectAsync();

        Assert.Equal(["* ESEARCH (TAG \"a\") COUNT 0", "a OK SEARCH completed"], await client.CommandAsync("a", "SEARCH RETURN (UPDATE COUNT) ALL"));
        Assert.Equal(
            ["* NO [NOUPDATE \"b\"] Too many searches are being updated", "* ESEARCH (TAG \"b\") COUNT 0", "b OK SEARCH completed"],
            await client.CommandAsync("b", "SEARCH RETURN (UPDATE COUNT) ALL"));
        await client.CommandAsync("c", "CANCELUPDATE \"a\"");
        Assert.Equal(["d OK SEARCH completed"], await client.CommandAsync("d", "SEARCH RETURN (UPDATE) ALL"));
    }

    /// <summary>RFC 5032 §2: what goes by the clock is looked at periodically.</summary>
    [Fact]
    public async Task A_message_grows_too_old_by_itself()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var server = await ImapTestServer.StartAsync(static options => options.InactivityTimeout = TimeSpan.FromDays(1), clock);
        await server.AppendAsync("Subject: x\r\n\r\n"u8.ToArray());
        using var client = await server.SelectAsync();
        Assert.Equal(["* ESEARCH (TAG \"a\") COUNT 1", "a OK SEARCH completed"], await client.CommandAsync("a", "SEARCH RETURN (UPDATE COUNT) YOUNGER 3600"));

        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(["b OK NOOP completed"], await client.CommandAsync("b", "NOOP"));
        clock.Advance(TimeSpan.FromSeconds(3600));
        Assert.Equal(["* ESEARCH (TAG \"a\") REMOVEFROM (0 1)", "c OK NOOP completed"], await client.CommandAsync("c", "NOOP"));
        Assert.Equal(["d OK NOOP completed"], await client.CommandAsync("d", "NOOP"));
    }
}
