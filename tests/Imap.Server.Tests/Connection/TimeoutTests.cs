using Backend.Memory;
using Imap.Specification.Tests;
using Microsoft.Extensions.Time.Testing;

namespace Imap.Server.Tests.Connection;

/// <summary>How long the server waits, by a clock that the test moves. RFC 9051 §5.4; RFC 2177 §3.</summary>
public sealed class TimeoutTests : IAsyncLifetime
{
    static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    ImapTestServer? server;

    ImapTestServer Server => server ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync() => server = await ImapTestServer.StartAsync(time: time);

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? default;

    [Fact]
    public async Task A_client_that_does_not_log_in_is_sent_away()
    {
        using var client = await Server.ConnectAsync();

        var (line, waited) = await AdvanceUntilLineAsync(client);

        Assert.Equal("* BYE Autologout: Nobody logged in for too long.", line);
        Assert.InRange(waited, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(120));
    }

    [Fact]
    public async Task A_client_that_logs_out_again_has_to_log_in_again_in_time()
    {
        using var client = await Server.LogInAsync();
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.StartsWith("a OK ", (await client.CommandAsync("a", "UNAUTHENTICATE"))[^1], StringComparison.Ordinal);

        var (line, waited) = await AdvanceUntilLineAsync(client);

        Assert.Equal("* BYE Autologout: Nobody logged in for too long.", line);
        Assert.InRange(waited, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(120));
    }

    [Fact]
    public async Task A_command_that_comes_octet_by_octet_does_not_lengthen_the_time_to_log_in()
    {
        using var client = await Server.ConnectAsync();
        var start = time.GetUtcNow();
        for (var i = 0; i < 5; i++)
        {
            await client.SendAsync("x");
            await Task.Delay(50);
            time.Advance(Step);
        }

        Assert.StartsWith("* BYE ", (await AdvanceUntilLineAsync(client)).Line, StringComparison.Ordinal);
        Assert.InRange(time.GetUtcNow() - start, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(120));
    }

    [Fact]
    public async Task Commands_do_not_lengthen_the_time_to_log_in()
    {
        using var client = await Server.ConnectAsync();
        var start = time.GetUtcNow();
        for (var i = 0; i < 5; i++)
        {
            Assert.StartsWith("a OK ", (await client.CommandAsync("a", "NOOP"))[^1], StringComparison.Ordinal);
            time.Advance(Step);
        }

        Assert.StartsWith("* BYE ", (await AdvanceUntilLineAsync(client)).Line, StringComparison.Ordinal);
        Assert.InRange(time.GetUtcNow() - start, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(120));
    }

    [Fact]
    public async Task A_silent_client_is_logged_out_after_more_than_half_an_hour()
    {
        using var client = await Server.LogInAsync();

        var (line, waited) = await AdvanceUntilLineAsync(client);

        Assert.Equal("* BYE Autologout: The connection was idle for too long.", line);
        Assert.InRange(waited, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(33));
    }

    [Fact]
    public async Task A_client_that_stops_within_a_command_is_not_waited_for_so_long()
    {
        using var client = await Server.LogInAsync();
        await client.SendAsync("a APPEND INBOX {100}\r\n");
        Assert.Equal("+ OK", await client.ReadLineAsync());
        await client.SendAsync("Subject: half");

        var (line, waited) = await AdvanceUntilLineAsync(client);

        Assert.Equal("* BYE Autologout: The connection was idle for too long.", line);
        Assert.InRange(waited, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(7));
    }

    [Fact]
    public async Task An_idling_client_hears_every_two_minutes_that_the_server_is_there()
    {
        using var client = await Server.SelectAsync();
        await client.SendAsync("a IDLE\r\n");
        Assert.Equal("+ idling", await client.ReadLineAsync());

        for (var i = 0; i < 3; i++)
        {
            var (line, waited) = await AdvanceUntilLineAsync(client);
            Assert.Equal("* OK Still here", line);
            Assert.InRange(waited, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(180));
        }

        await client.SendAsync("DONE\r\n");
        Assert.Equal("a OK IDLE completed", await client.ReadLineAsync());
    }

    /// <summary>Whoever made the change may have been killed before it could tell of it.</summary>
    [Fact]
    public async Task An_idling_client_hears_by_then_what_no_hint_told()
    {
        await using var deaf = await ImapTestServer.StartAsync(time: time, updater: new MemoryBackend());
        using var client = await deaf.SelectAsync();
        await client.SendAsync("a IDLE\r\n");
        Assert.Equal("+ idling", await client.ReadLineAsync());

        await deaf.AppendAsync("Subject: one\r\n\r\n"u8.ToArray());

        Assert.Equal("* OK Still here", (await AdvanceUntilLineAsync(client)).Line);
        Assert.Equal("* 1 EXISTS", await client.ReadLineAsync());
    }

    [Fact]
    public async Task An_idling_client_is_logged_out_after_more_than_half_an_hour()
    {
        using var client = await Server.SelectAsync();
        await client.SendAsync("a IDLE\r\n");
        Assert.Equal("+ idling", await client.ReadLineAsync());
        var start = time.GetUtcNow();

        var line = "";
        while (line is not null && !line.StartsWith("* BYE", StringComparison.Ordinal))
            line = (await AdvanceUntilLineAsync(client)).Line;

        Assert.Equal("* BYE Autologout: The connection was idle for too long.", line);
        Assert.InRange(time.GetUtcNow() - start, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(33));
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_given_up()
    {
        using var writer = await Server.SelectAsync();
        var message = $"Subject: x\r\n\r\n{new string('x', 1_000_000)}\r\n";
        Assert.StartsWith("a OK", (await writer.CommandAsync("a", $"APPEND INBOX {{{message.Length}+}}\r\n{message}"))[^1], StringComparison.Ordinal);
        using var client = await Server.SelectAsync();
        for (var i = 0; i < 40; i++)
            await client.SendAsync("a FETCH 1 BODY.PEEK[]\r\n");

        // The server is stuck with what the client does not take; in the end it closes, and the rest never comes.
        await Task.Delay(500);
        for (var i = 0; i < 60; i++)
        {
            time.Advance(Step);
            await Task.Delay(5);
        }

        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            for (var i = 0; i < 40; i++)
                await client.ReadUntilTaggedAsync("a");
        });
    }

    async Task<(string? Line, TimeSpan Waited)> AdvanceUntilLineAsync(WireClient client)
    {
        var start = time.GetUtcNow();
        var line = client.ReadLineAsync();
        // A moment of real time in each step, so that the server can begin to wait and can send what it has to say.
        for (var i = 0; i < 1_000 && !line.IsCompleted; i++)
        {
            await Task.WhenAny(line, Task.Delay(10));
            if (!line.IsCompleted)
                time.Advance(Step);
        }

        return (await line, time.GetUtcNow() - start);
    }
}
