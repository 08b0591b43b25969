using System.IO.Pipelines;
using System.Text;
using Backend.Memory;
using Imap.Server;
using Imap.Server.Connection;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fuzz.Tests;

/// <summary>The whole server on a store in memory, without a network: a conversation is octets in and octets out.</summary>
sealed class InProcessServer : IAsyncDisposable
{
    /// <summary>What the user <c>user</c> with the password <c>secret</c> has in INBOX.</summary>
    static readonly string[] Messages =
    [
        "From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>\r\nTo: a@example.org, b <b@example.org>\r\nSubject: One\r\nDate: Mon, 5 Jan 2026 10:00:00 +0100\r\nMessage-ID: <1@example.org>\r\n\r\nText\r\n",
        "Subject: \"quo\\ted\"\r\nReferences: <1@example.org>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nA\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\nin\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC/w==\r\n--b--\r\n",
        "no header at all",
        "Content-Type: multipart/alternative; boundary=\"\"\r\nFrom: (\r\nTo: <<>>;:,\r\n\r\n--\r\n\0\xff\r\n",
    ];

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly ServiceProvider services;
    readonly ErrorLog log;

    InProcessServer(ServiceProvider services, ErrorLog log) => (this.services, this.log) = (services, log);

    public static async Task<InProcessServer> StartAsync()
    {
        var store = new MemoryBackend();
        await store.AddUserAsync("user", "secret", CancellationToken.None);
        var user = await store.OpenUserAsync("user", CancellationToken.None);
        await user.CreateMailboxAsync(MailboxName.Parse("other/below"), CreateOptions.Default, CancellationToken.None);
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, CancellationToken.None);
        foreach (var message in Messages)
            await inbox.CreateMessageAsync(new MemoryStream(Encoding.Latin1.GetBytes(message)), AppendOptions.Default, CancellationToken.None);
        await ShareAsync(store);
        var log = new ErrorLog();
        var services = new ServiceCollection()
            .AddSingleton<IBackend>(store)
            .AddSingleton<IUpdater>(store)
            .AddLogging(logging => logging.AddProvider(log))
            .AddImapServer(static options =>
            {
                options.TlsDevelopmentCertificate = true;
                (options.MaxFailedLogins, options.MaxFailedLoginsPerName, options.FailedLoginDelay) = (1_000, 1_000_000, TimeSpan.Zero);
            });
        return new InProcessServer(services.BuildServiceProvider(), log);
    }

    // What the user has of somebody else: a mailbox to write to, as "#user/owner/shared", and one that may only be known of.
    static async Task ShareAsync(MemoryBackend store)
    {
        await store.AddUserAsync("owner", "secret", CancellationToken.None);
        var owner = await store.OpenUserAsync("owner", CancellationToken.None);
        foreach (var (name, rights) in new[] { ("shared", MailboxRights.Lookup | MailboxRights.Read | MailboxRights.Write | MailboxRights.Insert), ("closed", MailboxRights.Lookup) })
        {
            var mailbox = MailboxName.Parse(name);
            await owner.CreateMailboxAsync(mailbox, CreateOptions.Default, CancellationToken.None);
            await ((IAclUser)owner).SetRightsAsync(mailbox, "user", RightsOperation.Replace, rights, CancellationToken.None);
            foreach (var message in Messages)
                await (await owner.GetMailboxAsync(mailbox, CancellationToken.None)).CreateMessageAsync(new MemoryStream(Encoding.Latin1.GetBytes(message)), AppendOptions.Default, CancellationToken.None);
        }
    }

    /// <summary>Says all of it at once, hangs up, and gives what the server said up to its own end.</summary>
    /// <exception cref="TimeoutException">The server does not come to an end.</exception>
    public async Task<byte[]> ConverseAsync(byte[] said)
    {
        var (toServer, fromServer) = (new Pipe(), new Pipe());
        var heard = new MemoryStream();
        var reading = fromServer.Reader.CopyToAsync(heard);
        await toServer.Writer.WriteAsync(said);
        await toServer.Writer.CompleteAsync();
        // Not disposed: it may still be told to abort.
        var connection = new DefaultConnectionContext("fuzz", new DuplexPipe(toServer.Reader, fromServer.Writer), new DuplexPipe(fromServer.Reader, toServer.Writer));
        await services.GetRequiredService<ImapConnectionHandler>().OnConnectedAsync(connection).WaitAsync(Patience);
        await fromServer.Writer.CompleteAsync();
        await reading;
        return heard.ToArray();
    }

    /// <summary>Says <paramref name="before"/>, whose last answer begins DEFLATE or TLS, and then the rest of it in that.</summary>
    /// <param name="before">What is said in clear.</param>
    /// <param name="begun">How the answer ends behind which the rest is said.</param>
    /// <param name="said">What is said then.</param>
    /// <param name="lay">Lays the layer over the connection.</param>
    /// <returns>What the server said, in clear or not.</returns>
    /// <exception cref="TimeoutException">The server does not come to an end.</exception>
    public async Task<byte[]> ConverseAsync(byte[] before, string begun, byte[] said, Func<Stream, Task<Stream>> lay)
    {
        var (toServer, fromServer) = (new Pipe(), new Pipe());
        var connection = new DefaultConnectionContext("fuzz", new DuplexPipe(toServer.Reader, fromServer.Writer), new DuplexPipe(fromServer.Reader, toServer.Writer));
        var serving = ServeAsync();
        await using var client = new DuplexStream(fromServer.Reader.AsStream(), toServer.Writer.AsStream());
        var heard = new MemoryStream();
        await client.WriteAsync(before);
        var octet = new byte[1];
        while (!Encoding.Latin1.GetString(heard.GetBuffer(), 0, (int)heard.Length).EndsWith(begun, StringComparison.Ordinal))
        {
            await client.ReadExactlyAsync(octet).AsTask().WaitAsync(Patience);
            heard.Write(octet);
        }

        var layer = await lay(client);
        await Task.WhenAll(SayAsync(), layer.CopyToAsync(heard)).WaitAsync(Patience);
        await serving;
        return heard.ToArray();

        async Task SayAsync()
        {
            await layer.WriteAsync(said);
            await layer.FlushAsync();
            await toServer.Writer.CompleteAsync();
        }

        async Task ServeAsync()
        {
            await services.GetRequiredService<ImapConnectionHandler>().OnConnectedAsync(connection).WaitAsync(Patience);
            await fromServer.Writer.CompleteAsync();
        }
    }

    /// <summary>What the server has logged as an error since it was asked last.</summary>
    public IReadOnlyList<string> TakeErrors() => log.Take();

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
