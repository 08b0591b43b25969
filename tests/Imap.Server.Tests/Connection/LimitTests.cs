using System.Net;
using System.Net.Sockets;
using Imap.Server.Logins;
using Imap.Specification.Tests;

namespace Imap.Server.Tests.Connection;

/// <summary>Each limit has its own answer, and the server goes on after it. RFC 5530 §3 (LIMIT); RFC 9051 §7.1.5.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task Connections_of_one_address()
    {
        await using var server = await ImapTestServer.StartAsync(static options => (options.MaxConnectionsPerAddress, options.LimitLoopback) = (2, true));
        using var first = await server.ConnectAsync();
        using var second = await server.ConnectAsync();
        using (var third = await WireClient.ConnectAsync(server.EndPoint))
        {
            Assert.Equal("* BYE [LIMIT] Too many connections are open from your address; close one or try again later.", await third.ReadLineAsync());
            Assert.Null(await third.ReadLineAsync());
        }

        // Over TLS there is no handshake either.
        using var secured = await WireClient.ConnectAsync(server.TlsEndPoint);
        Assert.Null(await secured.ReadLineAsync());
        Assert.StartsWith("a OK", (await second.CommandAsync("a", "LOGIN user secret"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Connections_are_counted_by_network_and_given_back()
    {
        var open = new OpenConnections(new ImapServerOptions { MaxConnectionsPerAddress = 1, MaxConnectionsPerUser = 1 });
        var (one, neighbour, other) = (At("2001:db8::1"), At("2001:db8::2"), At("2001:db8:0:1::1"));

        Assert.True(open.TryEnter(one));
        Assert.False(open.TryEnter(neighbour));
        Assert.True(open.TryEnter(other));
        open.Leave(one);
        Assert.True(open.TryEnter(neighbour));
        // A proxy on this machine stands for many.
        Assert.True(open.TryEnter(At("127.0.0.1")) && open.TryEnter(At("127.0.0.1")));

        static IPEndPoint At(string address) => new(IPAddress.Parse(address), 1);
    }

    [Fact]
    public async Task Connections_of_one_user()
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.MaxConnectionsPerUser = 2);
        using var first = await server.LogInAsync();
        using var second = await server.LogInAsync();
        using var third = await server.ConnectAsync();

        Assert.Equal("a NO [LIMIT] The user has 2 connections already, and may not have more.", (await third.CommandAsync("a", "LOGIN user secret"))[^1]);
        Assert.StartsWith("b NO [LIMIT] ", (await third.CommandAsync("b", "AUTHENTICATE PLAIN AHVzZXIAc2VjcmV0"))[^1], StringComparison.Ordinal);

        await second.CommandAsync("c", "UNAUTHENTICATE");
        Assert.StartsWith("d OK", (await third.CommandAsync("d", "LOGIN user secret"))[^1], StringComparison.Ordinal);
        Assert.StartsWith("e NO [LIMIT] ", (await second.CommandAsync("e", "LOGIN user secret"))[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LINE", "BAD The command line is longer than 8192 octets.")]
    [InlineData("LITERAL", "BAD The literal has more than 1024 octets, which only the message of an APPEND may have.")]
    [InlineData("LITERALS", "BAD The command has more than 4 literals.")]
    [InlineData("APPEND", "NO [TOOBIG] ")]
    [InlineData("RANGES", "NO [LIMIT] The set has more than 100 ranges.")]
    [InlineData("UID RANGES", "NO [LIMIT] The set has more than 100 ranges.")]
    [InlineData("KEYS", "NO [LIMIT] The search has more than 10 keys.")]
    [InlineData("DEPTH", "NO [LIMIT] The command is nested deeper than 5 levels.")]
    public async Task What_a_command_may_have(string what, string expected)
    {
        await using var server = await ImapTestServer.StartAsync(static options =>
        {
            options.MaxLineLength = 8_192;
            options.MaxLiteralLength = 1_024;
            options.MaxLiterals = 4;
            options.MaxAppendSize = 1_024;
            options.MaxSetRanges = 100;
            options.MaxSearchKeys = 10;
            options.MaxSearchDepth = 5;
        });
        using var client = await server.SelectAsync();
        var command = what switch
        {
            "LINE" => $"SEARCH SUBJECT \"{new string('x', 9_000)}\"",
            "LITERAL" => $"SEARCH SUBJECT {{2000+}}\r\n{new string('x', 2_000)}",
            "LITERALS" => $"SEARCH{string.Concat(Enumerable.Repeat(" SUBJECT {1+}\r\nx", 5))}",
            "APPEND" => $"APPEND INBOX {{2000+}}\r\n{new string('x', 2_000)}",
            "RANGES" => $"FETCH {string.Join(',', Enumerable.Range(1, 101))} FLAGS",
            "UID RANGES" => $"UID FETCH {string.Join(',', Enumerable.Range(1, 101))} FLAGS",
            "KEYS" => $"SEARCH{string.Concat(Enumerable.Repeat(" SEEN", 11))}",
            _ => $"SEARCH {new string('(', 6)}SEEN{new string(')', 6)}",
        };

        Assert.StartsWith($"a {expected}", (await client.CommandAsync("a", command))[^1], StringComparison.Ordinal);

        Assert.StartsWith("b OK", (await client.CommandAsync("b", "NOOP"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_commands_in_a_row()
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.MaxBadCommands = 2);
        using var client = await server.ConnectAsync();
        await client.SendAsync("a NONSENSE\r\nb NONSENSE\r\nc NONSENSE\r\nd NOOP\r\n");

        for (var i = 0; i < 3; i++)
            Assert.EndsWith("BAD Unknown command.", await client.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal("* BYE Too many bad commands in a row.", await client.ReadLineAsync());
        Assert.Null(await client.ReadLineAsync());
    }

    [Fact]
    public async Task A_pipeline_without_end_is_answered_as_it_goes()
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.MaxPipelinedCommands = 10);
        using var client = await server.ConnectAsync();
        using var ended = new CancellationTokenSource();
        // So many commands at once that the server never sees the end of them; few answers are a packet.
        var sending = Task.Run(async () =>
        {
            var many = string.Concat(Enumerable.Repeat("a NOOP\r\n", 1_000));
            while (!ended.IsCancellationRequested)
                await client.SendAsync(many);
        });

        for (var i = 0; i < 100_000; i++)
            Assert.Equal("a OK NOOP completed", await client.ReadLineAsync());
        await ended.CancelAsync();
        while (!sending.IsCompleted)
            await client.ReadLineAsync();
        await sending;
    }

    [Fact]
    public async Task A_client_that_pipelines_and_does_not_read_is_left_alone_and_costs_little()
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.SendTimeout = TimeSpan.FromSeconds(1));
        using var client = await server.ConnectAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var many = string.Concat(Enumerable.Repeat("a CAPABILITY\r\n", 1_000));

        await Assert.ThrowsAnyAsync<SocketException>(async () =>
        {
            while (true)
                await client.SendAsync(many).WaitAsync(TimeSpan.FromSeconds(30));
        });

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 16 * 1024 * 1024);
        using var other = await server.LogInAsync();
    }
}
