using System.Globalization;
using System.Net;
using Imap.Specification.Tests;
using Microsoft.AspNetCore.Builder;

namespace Imap.Server.Tests;

/// <summary>Two servers on one PostgreSQL database: a client in IDLE on the one sees at once what is done through the other. RFC 2177; RFC 9051 §7.5.</summary>
public sealed class PostgresIdleTests(PostgresServerFixture fixture) : IClassFixture<PostgresServerFixture>, IAsyncLifetime
{
    WebApplication? second;
    IPEndPoint? secondEndPoint;
    ImapAccount? account;

    public async ValueTask InitializeAsync()
    {
        (second, secondEndPoint) = await fixture.StartSecondAsync();
        account = await fixture.AddUserAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (second is not null)
            await second.DisposeAsync();
    }

    [Fact]
    public async Task Append_flags_and_expunge_are_seen_in_order()
    {
        using var writer = await OpenAsync(fixture.EndPoint, "w");
        using var reader = await WireClient.ConnectAsync(secondEndPoint!);
        await reader.ReadLineAsync();
        await reader.CommandAsync("a", $"LOGIN {account!.Username} {account.Password}");
        await reader.CommandAsync("b", "EXAMINE INBOX");
        await reader.SendAsync("c IDLE\r\n");
        Assert.StartsWith("+ ", await reader.ReadLineAsync(), StringComparison.Ordinal);

        await AssertOkAsync(writer, "APPEND INBOX (\\Seen)", "Subject: one\r\n\r\n");
        Assert.Equal("* 1 EXISTS", await reader.ReadLineAsync());
        await AssertOkAsync(writer, "STORE 1 +FLAGS.SILENT (\\Flagged)");
        Assert.Equal("* 1 FETCH (FLAGS (\\Flagged \\Seen))", await NextButRecentAsync(reader));
        await AssertOkAsync(writer, "STORE 1 +FLAGS.SILENT (\\Deleted)");
        Assert.Equal("* 1 FETCH (FLAGS (\\Flagged \\Deleted \\Seen))", await NextButRecentAsync(reader));
        await AssertOkAsync(writer, "EXPUNGE");
        Assert.Equal("* 1 EXPUNGE", await NextButRecentAsync(reader));
        await reader.SendAsync("DONE\r\n");
        Assert.StartsWith("c OK", (await reader.ReadUntilTaggedAsync("c"))[^1], StringComparison.Ordinal);
    }

    /// <summary>
    /// 200 appends, among flags and expunges, by four clients on both servers. The client in IDLE checks each line, and knows in the end what is there.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_client_in_IDLE_ends_with_the_picture_of_the_store(int seed)
    {
        using var reader = await OpenAsync(secondEndPoint!, "r");
        var writers = new List<FollowingClient>();
        try
        {
            for (var i = 0; i < 4; i++)
                writers.Add(await OpenAsync(i == 3 ? secondEndPoint! : fixture.EndPoint, $"w{i}-"));
            // Nobody touches the first message, until it is the sign that it is over.
            await AssertOkAsync(writers[0], "APPEND INBOX", "Subject: first\r\n\r\n");
            foreach (var client in writers.Append(reader))
                await AssertOkAsync(client, "NOOP");
            var idle = reader.IdleUntilAsync(() => reader.Messages[0].Flags == "$End");
            await Task.WhenAll(writers.Select((writer, i) => ActAsync(writer, new Random((10 * seed) + i), 50)));
            await AssertOkAsync(writers[0], "STORE 1 +FLAGS.SILENT ($End)");
            await idle;
        }
        finally
        {
            writers.ForEach(static writer => writer.Dispose());
        }

        var believed = reader.Messages.Select(static message => message.Flags).ToList();
        await AssertOkAsync(reader, "UID FETCH 1:* (FLAGS)");
        Assert.Equal(believed.Count, reader.Messages.Count);
        for (var i = 0; i < believed.Count; i++)
            Assert.True(believed[i] is null || believed[i] == reader.Messages[i].Flags, $"The client believed that message {i + 1} has the flags \"{believed[i]}\", and they are \"{reader.Messages[i].Flags}\".");
        using var fresh = await OpenAsync(fixture.EndPoint, "f");
        await AssertOkAsync(fresh, "UID FETCH 1:* (FLAGS)");
        Assert.Equal(fresh.Messages, reader.Messages);
    }

    static async Task ActAsync(FollowingClient client, Random random, int appends)
    {
        while (appends > 0)
            switch (client.Messages.Count == 1 ? 0 : random.Next(4))
            {
                case 0 or 1:
                    await AssertOkAsync(client, "APPEND INBOX", "Subject: x\r\n\r\nbody\r\n");
                    appends--;
                    break;
                case 2:
                    var flag = new[] { "\\Deleted", "\\Seen", "\\Flagged", "$Work" }[random.Next(4)];
                    var answer = await client.CommandAsync(string.Create(CultureInfo.InvariantCulture, $"STORE {random.Next(1, client.Messages.Count) + 1} {(random.Next(3) == 0 ? "-" : "+")}FLAGS ({flag})"));
                    Assert.True(answer.StartsWith("OK", StringComparison.Ordinal) || answer.StartsWith("NO [EXPUNGEISSUED]", StringComparison.Ordinal), answer);
                    break;
                default:
                    await AssertOkAsync(client, random.Next(3) == 0 ? "EXPUNGE" : "NOOP");
                    break;
            }
    }

    async Task<FollowingClient> OpenAsync(IPEndPoint endPoint, string name)
    {
        var wire = await WireClient.ConnectAsync(endPoint);
        await wire.ReadLineAsync();
        var client = new FollowingClient(wire, name);
        await AssertOkAsync(client, $"LOGIN {account!.Username} {account.Password}");
        await AssertOkAsync(client, "SELECT INBOX");
        return client;
    }

    // Who of the two gets to show \Recent is chance.
    static async Task<string> NextButRecentAsync(WireClient client)
    {
        var line = await client.ReadLineAsync();
        while (line is not null && line.EndsWith(" RECENT", StringComparison.Ordinal))
            line = await client.ReadLineAsync();
        return (line ?? "").Replace(" \\Recent", "", StringComparison.Ordinal);
    }

    static async Task AssertOkAsync(FollowingClient client, string command, string? literal = null)
    {
        var answer = await client.CommandAsync(command, literal);
        Assert.True(answer.StartsWith("OK", StringComparison.Ordinal), $"{command}: {answer}");
    }
}
