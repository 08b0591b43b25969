using System.Text;
using Imap.Specification.Tests;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;

namespace Imap.Server.Tests.Connection;

/// <summary>COMPRESS=DEFLATE beyond what transcripts can say. RFC 4978.</summary>
public sealed class CompressTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SecureSocketOptions.None)]
    [InlineData(SecureSocketOptions.StartTls)]
    public async Task MailKit_reads_and_writes_compressed(SecureSocketOptions options)
    {
        await using var server = await ImapTestServer.StartAsync();
        await server.AppendAsync(Encoding.ASCII.GetBytes($"Subject: long\r\n\r\n{string.Concat(Enumerable.Repeat("All work and no play.\r\n", 50_000))}"));
        using var client = new ImapClient { ServerCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null, CheckCertificateRevocation = false };
        await client.ConnectAsync("127.0.0.1", server.EndPoint.Port, options, Token);
        await client.AuthenticateAsync("user", "secret", Token);
        Assert.True(client.Capabilities.HasFlag(ImapCapabilities.Compress));

        await client.CompressAsync(Token);

        await client.Inbox!.OpenAsync(FolderAccess.ReadWrite, Token);
        var message = await client.Inbox.GetMessageAsync(0, Token);
        Assert.Equal(50_000, message.TextBody!.Split("All work").Length - 1);
        await client.Inbox.AppendAsync(message, cancellationToken: Token);
        await client.NoOpAsync(Token);
        Assert.Equal(2, client.Inbox.Count);
        await client.DisconnectAsync(true, Token);
    }

    [Fact]
    public async Task News_arrive_compressed_in_idle()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await CompressAsync(server);
        await client.CommandAsync("a", "SELECT INBOX");
        await client.SendAsync("b IDLE\r\n");
        Assert.Equal("+ idling", await client.ReadLineAsync());

        await server.AppendAsync("Subject: news\r\n\r\n"u8.ToArray());

        Assert.Equal("* 1 EXISTS", await client.ReadLineAsync());
        Assert.Equal("* 1 RECENT", await client.ReadLineAsync());
        await client.SendAsync("DONE\r\n");
        Assert.StartsWith("b OK", await client.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_blows_up_meets_the_limits_of_lines()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await CompressAsync(server);

        // Two megabytes of a line that has no end are two kilobytes on the wire.
        await client.SendAsync("a NOOP " + new string('x', 2 * 1024 * 1024));

        Assert.Equal("* BYE A line has no end.", await client.ReadLineAsync());
    }

    [Fact]
    public async Task What_is_not_compressed_ends_the_connection()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.LogInAsync();
        await client.CommandAsync("a", "COMPRESS DEFLATE");

        await client.SendAsync("\xFF\xFF\xFF\xFF b NOOP\r\n");

        Assert.Null(await client.ReadLineAsync());
        using var other = await server.LogInAsync();
        Assert.StartsWith("c OK", (await other.CommandAsync("c", "NOOP"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bye_arrives_compressed()
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.MaxBadCommands = 1);
        using var client = await CompressAsync(server);

        await client.SendAsync("a NONSENSE\r\nb NONSENSE\r\n");

        Assert.StartsWith("a BAD", await client.ReadLineAsync(), StringComparison.Ordinal);
        Assert.StartsWith("b BAD", await client.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal("* BYE Too many bad commands in a row.", await client.ReadLineAsync());
        Assert.Null(await client.ReadLineAsync());
    }

    [Fact]
    public async Task Commands_in_clear_behind_a_compressed_unauthenticate_are_carried_out()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await CompressAsync(server);

        // RFC 8437 §4.1: the client's compression ends behind the command, without waiting for the answer.
        await client.SendAsync("a UNAUTHENTICATE\r\n");
        var answer = client.ReadLineAsync();
        Assert.StartsWith("a OK", await answer, StringComparison.Ordinal);
        client.EndCompression();
        // A client may also end its data in good order.
        await client.SendAsync("\x03\0b LOGIN user secret\r\nc NOOP\r\n");

        Assert.StartsWith("b OK", await client.ReadLineAsync(), StringComparison.Ordinal);
        Assert.StartsWith("c OK", await client.ReadLineAsync(), StringComparison.Ordinal);
    }

    static async Task<WireClient> CompressAsync(ImapTestServer server)
    {
        var client = await server.LogInAsync();
        Assert.StartsWith("compress OK", (await client.CommandAsync("compress", "COMPRESS DEFLATE"))[^1], StringComparison.Ordinal);
        client.StartCompression();
        return client;
    }
}
