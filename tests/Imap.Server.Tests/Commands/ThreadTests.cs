using System.Globalization;
using System.Text;

namespace Imap.Server.Tests.Commands;

/// <summary>THREAD of threads as deep as a mailbox is long. RFC 5256 §4: there is no limit to the nesting.</summary>
public sealed class ThreadTests
{
    const int Depth = 3_000;

    [Fact]
    public async Task A_thread_without_branches_is_one_list()
    {
        await using var server = await ImapTestServer.StartAsync();
        for (var i = 1; i <= Depth; i++)
            await AppendAsync(server, i, i - 1);
        using var client = await server.SelectAsync();

        var lines = await client.CommandAsync("a", "THREAD REFERENCES UTF-8 ALL");

        Assert.Equal($"* THREAD ({string.Join(' ', Enumerable.Range(1, Depth))})", lines[0]);
    }

    [Fact]
    public async Task A_thread_that_branches_at_each_message_is_lists_in_lists()
    {
        await using var server = await ImapTestServer.StartAsync();
        await AppendAsync(server, 1, 0);
        for (var i = 1; i <= Depth / 2; i++)
        {
            await AppendAsync(server, 2 * i, Math.Max((2 * i) - 2, 1));
            await AppendAsync(server, (2 * i) + 1, Math.Max((2 * i) - 2, 1));
        }

        using var client = await server.SelectAsync();

        var lines = await client.CommandAsync("a", "UID THREAD REFERENCES UTF-8 ALL");

        var expected = new StringBuilder("* THREAD (1");
        for (var i = 1; i <= Depth / 2; i++)
            expected.Append(CultureInfo.InvariantCulture, $" ({2 * i}");
        for (var i = Depth / 2; i >= 1; i--)
            expected.Append(CultureInfo.InvariantCulture, $")({(2 * i) + 1})");
        Assert.Equal(expected.Append(')').ToString(), lines[0]);
    }

    static Task AppendAsync(ImapTestServer server, int number, int parent) =>
        server.AppendAsync(Encoding.ASCII.GetBytes($"Subject: {number}\r\nMessage-ID: <{number}@x>\r\nReferences: <{parent}@x>\r\nDate: 1 Jan 2026 10:00:00 +0000\r\n\r\nx"));
}
