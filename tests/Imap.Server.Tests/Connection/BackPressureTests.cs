using System.Globalization;
using System.Text;

namespace Imap.Server.Tests.Connection;

/// <summary>Whoever is slow slows the other down: what is on the way is bounded, however large the message is.</summary>
public sealed class BackPressureTests
{
    // What the two sides of a loopback connection hold in their buffers, and some.
    const int Bound = 24 * 1024 * 1024;
    const int Size = 60 * 1024 * 1024;

    [Fact]
    public async Task A_message_that_the_store_does_not_read_yet_stays_with_the_client()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var proceed = new SemaphoreSlim(0);
        server.Backend.Intercept = operation =>
        {
            if (operation == "append")
                proceed.Wait(TimeSpan.FromSeconds(20));
        };
        using var client = await server.SelectAsync();
        await client.SendAsync($"a APPEND INBOX {{{Size}+}}\r\n");

        var sent = 0;
        var chunk = new byte[256 * 1024];
        var sending = Task.CompletedTask;
        while (sent < Size && (sending = client.SendAsync(chunk)) == await Task.WhenAny(sending, Task.Delay(1_000)))
            sent += chunk.Length;

        Assert.InRange(sent, chunk.Length, Bound);
        proceed.Release();
        await sending;
        for (sent += chunk.Length; sent < Size; sent += chunk.Length)
            await client.SendAsync(chunk);
        await client.SendAsync("\r\n");
        Assert.StartsWith("a OK ", (await client.ReadUntilTaggedAsync("a"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_the_client_does_not_read_yet_stays_in_the_store()
    {
        await using var server = await ImapTestServer.StartAsync();
        await server.AppendAsync(new byte[Size]);
        var read = 0;
        server.Backend.Intercept = operation =>
        {
            if (operation.StartsWith("octets ", StringComparison.Ordinal))
                read = int.Parse(operation.AsSpan(7), CultureInfo.InvariantCulture);
        };
        using var client = await server.SelectAsync();
        await client.SendAsync("a FETCH 1 BODY.PEEK[]\r\n");

        for (var before = -1; before != read || read == 0;)
        {
            before = read;
            await Task.Delay(500);
        }

        Assert.InRange(read, 1, Bound);
        Assert.Equal($"* 1 FETCH (BODY[] {{{Size}}}", await client.ReadLineAsync());
        Assert.Equal(Size, (await client.ReadOctetsAsync(Size)).Length);
        Assert.Equal(")", await client.ReadLineAsync());
    }

    [Fact]
    public async Task Messages_that_the_client_does_not_read_yet_stay_in_the_store_and_unseen()
    {
        const int Count = 800;
        const int Each = Size / Count;
        await using var server = await ImapTestServer.StartAsync();
        for (var i = 0; i < Count; i++)
            await server.AppendAsync(new byte[Each]);
        var pieces = 0;
        server.Backend.Intercept = operation =>
        {
            if (operation.StartsWith("octets ", StringComparison.Ordinal))
                Interlocked.Increment(ref pieces);
        };
        using var client = await server.SelectAsync();
        await client.SendAsync("a FETCH 1:* BODY[]\r\n");

        for (var before = -1; before != pieces || pieces == 0;)
        {
            before = pieces;
            await Task.Delay(500);
        }

        // The store gives pieces of 16 KiB, and \Seen is set some messages ahead.
        Assert.InRange(pieces, 1, Bound / (16 * 1024));
        Assert.InRange(await UnseenAsync(), Count / 4L, Count - 1L);
        for (var i = 1; i <= Count; i++)
        {
            Assert.Equal($"* {i} FETCH (BODY[] {{{Each}}}", await client.ReadLineAsync());
            await client.ReadOctetsAsync(Each);
            Assert.Equal(" FLAGS (\\Seen \\Recent))", await client.ReadLineAsync());
        }

        Assert.Equal("a OK FETCH completed", await client.ReadLineAsync());
        Assert.Equal(0L, await UnseenAsync());

        async Task<long> UnseenAsync()
        {
            var user = await server.Store.OpenUserAsync("user", CancellationToken.None);
            return (await (await user.GetMailboxAsync(MailboxName.Inbox, CancellationToken.None)).GetStatusAsync(StatusItems.Unseen, CancellationToken.None)).Unseen!.Value;
        }
    }

    [Fact]
    public async Task Commands_whose_answers_are_not_read_are_not_read_either()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.LogInAsync();
        var commands = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a CAPABILITY\r\n", 1_000)));

        var sent = 0;
        while (sent < 2 * Bound && client.SendAsync(commands) is var sending && sending == await Task.WhenAny(sending, Task.Delay(2_000)))
            sent += commands.Length;

        Assert.InRange(sent, commands.Length, Bound);
    }
}
