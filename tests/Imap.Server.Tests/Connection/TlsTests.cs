using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Imap.Specification.Tests;
using MailKit.Net.Imap;
using MailKit.Security;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Imap.Server.Tests.Connection;

/// <summary>TLS on its own port and by STARTTLS. RFC 9051 §6.2.1, §11; RFC 8314 §3; RFC 2595.</summary>
public sealed class TlsTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SecureSocketOptions.SslOnConnect)]
    [InlineData(SecureSocketOptions.StartTls)]
    public async Task MailKit_reads_mail_over_tls(SecureSocketOptions options)
    {
        await using var server = await ImapTestServer.StartAsync();
        await server.AppendAsync("Subject: secret\r\n\r\nText\r\n"u8.ToArray());
        using var client = new ImapClient { ServerCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null, CheckCertificateRevocation = false };

        await client.ConnectAsync("127.0.0.1", (options == SecureSocketOptions.SslOnConnect ? server.TlsEndPoint : server.EndPoint).Port, options, Token);
        await client.AuthenticateAsync("user", "secret", Token);
        await client.Inbox!.OpenAsync(MailKit.FolderAccess.ReadWrite, Token);

        Assert.True(client.IsSecure);
        Assert.Equal("secret", (await client.Inbox.GetMessageAsync(0, Token)).Subject);
        await client.DisconnectAsync(true, Token);
    }

    [Fact]
    public async Task A_long_answer_and_a_long_message_travel_over_tls()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await ConnectOverTlsAsync(server);
        var message = $"Subject: long\r\n\r\n{new string('x', 998)}\r\n".PadRight(3_000_000, 'y');

        await client.CommandAsync("a", "LOGIN user secret");
        Assert.StartsWith("b OK", (await client.CommandAsync("b", $"APPEND INBOX {{{message.Length}+}}\r\n{message}"))[^1], StringComparison.Ordinal);
        await client.CommandAsync("c", "SELECT INBOX");
        await client.SendAsync("d FETCH 1 BODY.PEEK[]\r\n");

        Assert.Equal($"* 1 FETCH (BODY[] {{{message.Length}}}", await client.ReadLineAsync());
        Assert.Equal(message, Encoding.Latin1.GetString(await client.ReadOctetsAsync(message.Length)));
    }

    [Fact]
    public async Task What_was_sent_in_clear_behind_starttls_is_never_carried_out()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.ConnectAsync();

        await client.SendAsync("a STARTTLS\r\nb LOGIN user secret\r\nc CREATE injected\r\n");

        Assert.Equal("a OK Begin TLS negotiation now", await client.ReadLineAsync());
        await Assert.ThrowsAnyAsync<Exception>(client.StartTlsAsync);
        var user = await server.Store.OpenUserAsync("user", Token);
        Assert.Single(await user.ListMailboxesAsync(subscribed: false, Token));
    }

    [Fact]
    public async Task Half_a_handshake_is_waited_for_only_so_long()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await ImapTestServer.StartAsync(time: time);
        using var silent = await WireClient.ConnectAsync(server.TlsEndPoint);
        using var begun = await WireClient.ConnectAsync(server.TlsEndPoint);
        await begun.SendAsync(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01 });
        using var told = await server.ConnectAsync();
        await told.SendAsync("a STARTTLS\r\n");
        Assert.StartsWith("a OK", await told.ReadLineAsync(), StringComparison.Ordinal);

        foreach (var client in new[] { silent, begun, told })
        {
            var end = client.ReadLineAsync();
            while (!end.IsCompleted)
            {
                time.Advance(TimeSpan.FromSeconds(5));
                await Task.WhenAny(end, Task.Delay(50, Token));
            }

            Assert.Null(await end);
        }
    }

    [Fact]
    public async Task Whoever_speaks_no_tls_on_the_tls_port_is_left()
    {
        await using var server = await ImapTestServer.StartAsync();
        foreach (var garbage in new[] { "a LOGIN user secret\r\n", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", new string('\0', 100_000) })
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(server.TlsEndPoint, Token);
            await using var stream = socket.GetStream();
            var answer = new MemoryStream();
            try
            {
                await stream.WriteAsync(Encoding.Latin1.GetBytes(garbage), Token);
                await stream.CopyToAsync(answer, Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
            }
            catch (IOException)
            {
                // Reset, since not all was read.
            }

            Assert.DoesNotContain("OK", Encoding.Latin1.GetString(answer.ToArray()), StringComparison.Ordinal);
        }

        using var client = await ConnectOverTlsAsync(server);
        Assert.StartsWith("a OK", (await client.CommandAsync("a", "NOOP"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passwords_are_refused_in_clear_and_taken_over_tls()
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.PlaintextLogins = PlaintextLogins.Never);
        using var client = await server.ConnectAsync();

        var capabilities = (await client.CommandAsync("a", "CAPABILITY"))[0].Split(' ');
        Assert.Contains("LOGINDISABLED", capabilities);
        Assert.Contains("STARTTLS", capabilities);
        Assert.DoesNotContain("AUTH=PLAIN", capabilities);
        Assert.StartsWith("b NO [PRIVACYREQUIRED] ", (await client.CommandAsync("b", "LOGIN user secret"))[^1], StringComparison.Ordinal);
        Assert.StartsWith("c NO [PRIVACYREQUIRED] ", (await client.CommandAsync("c", "AUTHENTICATE PLAIN AHVzZXIAc2VjcmV0"))[^1], StringComparison.Ordinal);
        Assert.StartsWith("d NO [PRIVACYREQUIRED] ", (await client.CommandAsync("d", "AUTHENTICATE PLAIN"))[^1], StringComparison.Ordinal);

        await client.CommandAsync("e", "STARTTLS");
        await client.StartTlsAsync();
        capabilities = (await client.CommandAsync("f", "CAPABILITY"))[0].Split(' ');
        Assert.DoesNotContain("LOGINDISABLED", capabilities);
        Assert.DoesNotContain("STARTTLS", capabilities);
        Assert.Contains("AUTH=PLAIN", capabilities);
        Assert.StartsWith("g OK", (await client.CommandAsync("g", "LOGIN user secret"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_a_certificate_does_not_offer_tls()
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.TlsDevelopmentCertificate = false);
        using var client = await server.ConnectAsync();

        Assert.DoesNotContain("STARTTLS", (await client.CommandAsync("a", "CAPABILITY"))[0], StringComparison.Ordinal);
        Assert.StartsWith("b NO ", (await client.CommandAsync("b", "STARTTLS"))[^1], StringComparison.Ordinal);
        Assert.StartsWith("c OK", (await client.CommandAsync("c", "LOGIN user secret"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task News_arrive_in_idle_over_tls_and_the_client_goes_on_after_it()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await ConnectOverTlsAsync(server);
        await client.CommandAsync("a", "LOGIN user secret");
        await client.CommandAsync("b", "SELECT INBOX");
        await client.SendAsync("c IDLE\r\n");
        Assert.Equal("+ idling", await client.ReadLineAsync());

        await server.AppendAsync("Subject: news\r\n\r\n"u8.ToArray());
        Assert.Equal("* 1 EXISTS", await client.ReadLineAsync());
        Assert.Equal("* 1 RECENT", await client.ReadLineAsync());
        await client.SendAsync("DONE\r\n");

        Assert.StartsWith("c OK", await client.ReadLineAsync(), StringComparison.Ordinal);
        Assert.StartsWith("d OK", (await client.CommandAsync("d", "NOOP"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_stops_says_so_over_tls()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await ConnectOverTlsAsync(server);
        await client.CommandAsync("a", "LOGIN user secret");

        var stopped = server.StopAsync(Token);

        Assert.StartsWith("* BYE ", await client.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Null(await client.ReadLineAsync());
        client.Dispose();
        await stopped;
    }

    [Fact]
    public async Task A_certificate_that_changes_is_taken_and_a_broken_one_is_not()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var folder = new CertificateFolder();
        var first = folder.Write("first.example");
        await using var server = await ImapTestServer.StartAsync(
            options => (options.TlsCertificateFile, options.TlsKeyFile) = (folder.Certificate, folder.Key), time);
        using var open = await ConnectOverTlsAsync(server);
        Assert.Equal(first, await ThumbprintAsync(server));

        var second = folder.Write("second.example");
        Assert.Equal(first, await ThumbprintAsync(server));
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(second, await ThumbprintAsync(server));

        await File.WriteAllTextAsync(folder.Key, "-----BEGIN PRIVATE KEY-----\nnothing\n-----END PRIVATE KEY-----\n", Token);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(second, await ThumbprintAsync(server));

        var third = folder.Write("third.example");
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(third, await ThumbprintAsync(server));
        Assert.StartsWith("a OK", (await open.CommandAsync("a", "NOOP"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pfx_with_a_password_is_taken()
    {
        using var folder = new CertificateFolder();
        var thumbprint = folder.Write("pfx.example", "secret");
        await using var server = await ImapTestServer.StartAsync(options => (options.TlsCertificateFile, options.TlsPassword) = (folder.Pfx, "secret"));

        Assert.Equal(thumbprint, await ThumbprintAsync(server));
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_fails_at_the_start()
    {
        using var folder = new CertificateFolder();
        var missing = Path.Combine(folder.Path, "missing.pem");

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => ImapTestServer.StartAsync(options => options.TlsCertificateFile = missing));

        Assert.Contains(missing, exception.Message, StringComparison.Ordinal);
    }

    static async Task<WireClient> ConnectOverTlsAsync(ImapTestServer server)
    {
        var client = await WireClient.ConnectAsync(server.TlsEndPoint);
        await client.StartTlsAsync();
        Assert.StartsWith("* OK [CAPABILITY ", await client.ReadLineAsync(), StringComparison.Ordinal);
        return client;
    }

    static async Task<string> ThumbprintAsync(ImapTestServer server)
    {
        string? thumbprint = null;
        using var client = new ImapClient { CheckCertificateRevocation = false };
        client.ServerCertificateValidationCallback = (_, certificate, _, _) =>
        {
            thumbprint = certificate?.GetCertHashString();
            return thumbprint is not null;
        };
        await client.ConnectAsync("127.0.0.1", server.TlsEndPoint.Port, SecureSocketOptions.SslOnConnect, Token);
        return thumbprint!;
    }

    /// <summary>Files of certificates that are written anew.</summary>
    sealed class CertificateFolder : IDisposable
    {
        DateTime written = DateTime.UtcNow;

        public string Path { get; } = Directory.CreateTempSubdirectory("imap-server-tests-").FullName;

        public string Certificate => System.IO.Path.Combine(Path, "cert.pem");

        public string Key => System.IO.Path.Combine(Path, "key.pem");

        public string Pfx => System.IO.Path.Combine(Path, "cert.pfx");

        public string Write(string name, string? password = null)
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            File.WriteAllText(Certificate, certificate.ExportCertificatePem());
            File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
            File.WriteAllBytes(Pfx, certificate.Export(X509ContentType.Pfx, password));
            // Two writes may fall into one tick of the file system.
            written = written.AddSeconds(1);
            File.SetLastWriteTimeUtc(Certificate, written);
            File.SetLastWriteTimeUtc(Key, written);
            return certificate.GetCertHashString();
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
