using System.Diagnostics;
using Imap.Specification.Tests;

namespace Imap.Server.Tests.Connection;

/// <summary>How connections begin and end, and what travels between them.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task One_connection_too_many_is_greeted_with_bye()
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.MaxConnections = 2);
        using var first = await server.ConnectAsync();
        using var second = await server.ConnectAsync();
        using (var third = await WireClient.ConnectAsync(server.EndPoint))
        {
            Assert.StartsWith("* BYE [LIMIT] ", await third.ReadLineAsync(), StringComparison.Ordinal);
            Assert.Null(await third.ReadLineAsync());
        }

        await second.CommandAsync("a", "LOGOUT");
        Assert.Null(await second.ReadLineAsync());

        // The place is free again once the server has noticed.
        for (var i = 0; i < 100; i++)
        {
            using var other = await WireClient.ConnectAsync(server.EndPoint);
            if ((await other.ReadLineAsync())!.StartsWith("* OK ", StringComparison.Ordinal))
                return;
            await Task.Delay(20);
        }

        Assert.Fail("The place of the connection that ended was not given to another.");
    }

    [Fact]
    public async Task A_server_that_stops_says_bye_to_everybody()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var stranger = await server.ConnectAsync();
        using var silent = await server.SelectAsync();
        using var idling = await server.SelectAsync();
        await idling.SendAsync("a IDLE\r\n");
        Assert.Equal("+ idling", await idling.ReadLineAsync());

        var stopping = server.StopAsync(CancellationToken.None);

        foreach (var client in new[] { stranger, silent, idling })
        {
            Assert.Equal("* BYE The server is shutting down.", await client.ReadLineAsync());
            client.ShutSend();
            Assert.Null(await client.ReadLineAsync());
        }

        await stopping.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_server_that_stops_finishes_the_command_it_is_at()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.SelectAsync();
        var entered = new TaskCompletionSource();
        using var proceed = new SemaphoreSlim(0);
        server.Backend.Intercept = operation =>
        {
            if (operation != "search")
                return;
            entered.SetResult();
            proceed.Wait(TimeSpan.FromSeconds(10));
        };
        await client.SendAsync("a SEARCH ALL\r\nb NOOP\r\n");
        await entered.Task;

        var stopping = server.StopAsync(CancellationToken.None);
        await Task.Delay(100);
        proceed.Release();

        Assert.Equal("* SEARCH", await client.ReadLineAsync());
        Assert.Equal("a OK SEARCH completed", await client.ReadLineAsync());
        Assert.Equal("* BYE The server is shutting down.", await client.ReadLineAsync());
        client.Dispose();
        await stopping.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_idling_client_hears_within_moments()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var idling = await server.SelectAsync();
        using var other = await server.LogInAsync();
        await idling.SendAsync("a IDLE\r\n");
        Assert.Equal("+ idling", await idling.ReadLineAsync());
        var latencies = new List<TimeSpan>();
        for (var i = 1; i <= 20; i++)
        {
            await other.CommandAsync("b", "APPEND INBOX {5+}\r\na: b\n");
            var start = Stopwatch.GetTimestamp();
            Assert.Equal($"* {i} EXISTS", await idling.ReadLineAsync());
            latencies.Add(Stopwatch.GetElapsedTime(start));
            await idling.ReadLineAsync();
        }

        Assert.InRange(latencies.Order().ElementAt(10), TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public async Task An_update_is_done_when_the_clients_have_been_told()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var idling = await server.SelectAsync();
        using var silent = await server.LogInAsync();
        await idling.SendAsync("a IDLE\r\n");
        Assert.Equal("+ idling", await idling.ReadLineAsync());

        var update = new StatusUpdate { Username = "user", Text = "The disk is nearly full" };
        server.Store.Publish(update);

        Assert.Equal("* OK [ALERT] The disk is nearly full", await idling.ReadLineAsync());
        await Task.Delay(50);
        Assert.False(update.Completion.IsCompleted);
        Assert.Equal(["* OK [ALERT] The disk is nearly full", "a OK NOOP completed"], await silent.CommandAsync("a", "NOOP"));
        await update.Completion.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_update_does_not_wait_for_a_client_that_has_gone()
    {
        await using var server = await ImapTestServer.StartAsync();
        using (await server.LogInAsync())
        {
        }

        var update = new StatusUpdate { Username = "user", Text = "Nobody is there" };
        server.Store.Publish(update);

        await update.Completion.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task What_the_store_did_not_expect_is_a_server_bug_and_says_no_more()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.SelectAsync();
        server.Backend.Intercept = static operation =>
        {
            if (operation == "search")
                throw new InvalidOperationException("internal: table 7 is upside down");
        };

        Assert.Equal(["a NO [SERVERBUG] The server made a mistake; it has been logged."], await client.CommandAsync("a", "SEARCH ALL"));
        Assert.Equal(["b OK NOOP completed"], await client.CommandAsync("b", "NOOP"));
    }

    [Fact]
    public async Task A_store_that_cannot_answer_is_unavailable()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.SelectAsync();
        server.Backend.Intercept = static operation => throw new BackendException(BackendError.Unavailable, $"The store is locked ({operation}).");

        Assert.Equal(["a NO [UNAVAILABLE] The store is locked (search)."], await client.CommandAsync("a", "SEARCH ALL"));
        Assert.Equal(["b NO [UNAVAILABLE] The store is locked (get)."], await client.CommandAsync("b", "APPEND INBOX {5+}\r\na: b\n"));
        server.Backend.Intercept = null;
        Assert.Equal(["c OK NOOP completed"], await client.CommandAsync("c", "NOOP"));
    }

    [Fact]
    public async Task An_append_that_fails_in_the_middle_leaves_the_stream_in_step()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.SelectAsync();
        server.Backend.Intercept = static operation =>
        {
            if (operation == "append")
                throw new BackendException(BackendError.TooBig, "The message is too large.");
        };
        var message = new string('x', 300_000);

        Assert.Equal(["a NO [TOOBIG] The message is too large."], await client.CommandAsync("a", $"APPEND INBOX {{{message.Length}+}}\r\n{message}"));
        server.Backend.Intercept = null;
        Assert.Equal(["b OK NOOP completed"], await client.CommandAsync("b", "NOOP"));
    }

    [Fact]
    public async Task A_message_that_vanishes_before_its_octets_are_sent_is_left_out()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.SelectAsync();
        for (var i = 0; i < 3; i++)
            await client.CommandAsync("a", "APPEND INBOX {13+}\r\nSubject: xx\r\n");
        var reads = 0;
        server.Backend.Intercept = operation =>
        {
            if (operation == "octets 0" && ++reads == 2)
                throw new BackendException(BackendError.Expunged, "The message is gone.");
        };

        Assert.Equal(
            ["* 1 FETCH (UID 1 BODY[] {13}", "Subject: xx", ")", "* 3 FETCH (UID 3 BODY[] {13}", "Subject: xx", ")", "b OK UID FETCH completed"],
            await client.CommandAsync("b", "UID FETCH 1:* BODY.PEEK[]"));
    }

    [Fact]
    public async Task A_message_that_vanishes_while_it_is_sent_ends_the_connection()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.SelectAsync();
        var message = new string('x', 1_000_000);
        await client.CommandAsync("a", $"APPEND INBOX {{{message.Length}+}}\r\n{message}");
        server.Backend.Intercept = static operation =>
        {
            if (operation.StartsWith("octets 4", StringComparison.Ordinal))
                throw new BackendException(BackendError.Expunged, "The message is gone.");
        };
        await client.SendAsync("b FETCH 1 BODY.PEEK[]\r\nc NOOP\r\n");

        Assert.Equal("* 1 FETCH (BODY[] {1000000}", await client.ReadLineAsync());
        await Assert.ThrowsAsync<InvalidDataException>(() => client.ReadOctetsAsync(1_000_001));
    }
}
