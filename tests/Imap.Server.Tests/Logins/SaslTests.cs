using System.Net;
using System.Text;
using MailKit.Net.Imap;
using MailKit.Security;

namespace Imap.Server.Tests.Logins;

/// <summary>Mechanisms that need a client which computes: MailKit's. RFC 5802; RFC 7677; RFC 5929.</summary>
public sealed class SaslTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Mechanisms => ["SCRAM-SHA-256", "PLAIN", "LOGIN"];

    [Theory]
    [MemberData(nameof(Mechanisms))]
    public async Task MailKit_logs_in(string mechanism)
    {
        await using var server = await ImapTestServer.StartAsync();
        await server.Store.AddUserAsync("we,ird=n\u00E4me", "p\u00E4ssword, =", Token);
        foreach (var (username, password) in new[] { ("user", "secret"), ("USER", "secret"), ("we,ird=n\u00E4me", "p\u00E4ssword, =") })
        {
            using var client = await ConnectAsync(server, SecureSocketOptions.None);
            Assert.Contains(mechanism, client.AuthenticationMechanisms);

            await client.AuthenticateAsync(Create(mechanism, username, password), Token);

            Assert.True(client.IsAuthenticated);
            await client.Inbox!.OpenAsync(MailKit.FolderAccess.ReadOnly, Token);
        }
    }

    [Theory]
    [MemberData(nameof(Mechanisms))]
    public async Task A_wrong_password_and_an_unknown_name_are_refused_alike(string mechanism)
    {
        await using var server = await ImapTestServer.StartAsync();
        var answers = new HashSet<string>();
        foreach (var (username, password) in new[] { ("user", "wrong"), ("nobody", "secret"), ("user", "secret ") })
        {
            using var client = await ConnectAsync(server, SecureSocketOptions.None);
            answers.Add((await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(Create(mechanism, username, password), Token))).Message);
            Assert.False(client.IsAuthenticated);
        }

        Assert.Single(answers);
    }

    /// <summary>A nonce comes back in the challenge, which is not to be as long as any line.</summary>
    [Fact]
    public async Task A_nonce_has_its_bounds()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.ConnectAsync();
        await client.SendAsync("a AUTHENTICATE SCRAM-SHA-256\r\n");
        Assert.Equal("+ ", await client.ReadLineAsync());

        await client.SendAsync(Convert.ToBase64String(Encoding.ASCII.GetBytes($"n,,n=user,r={new string('x', 49_137)}")) + "\r\n");
        var lines = await client.ReadUntilTaggedAsync("a");

        Assert.StartsWith("a BAD ", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SecureSocketOptions.StartTls)]
    [InlineData(SecureSocketOptions.SslOnConnect)]
    public async Task A_login_is_bound_to_the_tls_under_it(SecureSocketOptions options)
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await ConnectAsync(server, options);
        Assert.Contains("SCRAM-SHA-256-PLUS", client.AuthenticationMechanisms);

        await client.AuthenticateAsync(new SaslMechanismScramSha256Plus("user", "secret"), Token);

        Assert.True(client.IsAuthenticated);
    }

    [Fact]
    public async Task A_login_that_is_bound_to_another_channel_is_refused()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await Specification.Tests.WireClient.ConnectAsync(server.TlsEndPoint);
        await client.StartTlsAsync();
        await client.ReadLineAsync();
        var scram = new ScramClient("user", "secret") { Header = "p=tls-server-end-point,,", Binding = new byte[32] };

        await client.SendAsync($"a AUTHENTICATE SCRAM-SHA-256-PLUS {scram.First}\r\n");
        await client.SendAsync($"{scram.Final((await client.ReadLineAsync())![2..])}\r\n");

        Assert.StartsWith("a NO [AUTHENTICATIONFAILED] ", await client.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n,,", "a OK")]
    [InlineData("n,a=user,", "a OK")]
    [InlineData("y,,", "a OK")]
    public async Task The_server_proves_itself_before_it_says_ok(string header, string expected)
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.ConnectAsync();
        var scram = new ScramClient("user", "secret") { Header = header };

        await client.SendAsync($"a AUTHENTICATE SCRAM-SHA-256 {scram.First}\r\n");
        await client.SendAsync($"{scram.Final((await client.ReadLineAsync())![2..])}\r\n");
        var last = Encoding.ASCII.GetString(Convert.FromBase64String((await client.ReadLineAsync())![2..]));
        Assert.Equal($"v={scram.ServerSignature}", last);
        await client.SendAsync("\r\n");

        Assert.StartsWith(expected, await client.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_that_is_not_the_one_of_the_start_is_refused()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.ConnectAsync();
        var scram = new ScramClient("user", "secret") { Header = "y,,", FinalHeader = "n,," };

        await client.SendAsync($"a AUTHENTICATE SCRAM-SHA-256 {scram.First}\r\n");
        await client.SendAsync($"{scram.Final((await client.ReadLineAsync())![2..])}\r\n");

        Assert.StartsWith("a NO [AUTHENTICATIONFAILED] ", await client.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_changes_within_the_exchange_lets_nobody_in()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.ConnectAsync();
        var scram = new ScramClient("user", "secret");
        await client.SendAsync($"a AUTHENTICATE SCRAM-SHA-256 {scram.First}\r\n");
        var challenge = (await client.ReadLineAsync())![2..];

        await server.Store.SetPasswordAsync("user", "other", Token);
        await client.SendAsync($"{scram.Final(challenge)}\r\n");

        Assert.StartsWith("a NO [AUTHENTICATIONFAILED] ", await client.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_name_is_told_the_same_salt_each_time()
    {
        await using var server = await ImapTestServer.StartAsync();
        var salts = new HashSet<string>();
        foreach (var name in new[] { "nobody", "NOBODY", "nobody" })
        {
            using var client = await server.ConnectAsync();
            await client.SendAsync($"a AUTHENTICATE SCRAM-SHA-256 {new ScramClient(name, "secret").First}\r\n");
            var challenge = Encoding.ASCII.GetString(Convert.FromBase64String((await client.ReadLineAsync())![2..]));
            salts.Add(challenge[challenge.IndexOf(",s=", StringComparison.Ordinal)..]);
        }

        Assert.Single(salts);
    }

    [Fact]
    public async Task A_token_as_long_as_64_kib_is_read_and_a_longer_one_is_refused()
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.ConnectAsync();
        var plain = Convert.ToBase64String(Encoding.ASCII.GetBytes($"\0user\0{new string('x', 45_000)}"));

        Assert.StartsWith("a NO [AUTHENTICATIONFAILED] ", (await client.CommandAsync("a", $"AUTHENTICATE PLAIN {plain}"))[^1], StringComparison.Ordinal);
        await client.SendAsync("b AUTHENTICATE PLAIN\r\n");
        Assert.Equal("+ ", await client.ReadLineAsync());
        await client.SendAsync($"{plain}\r\n");
        Assert.StartsWith("b NO [AUTHENTICATIONFAILED] ", await client.ReadLineAsync(), StringComparison.Ordinal);

        Assert.StartsWith("c BAD The command line is longer than 65536 octets.", (await client.CommandAsync("c", $"AUTHENTICATE PLAIN {new string('A', 70_000)}"))[^1], StringComparison.Ordinal);
        Assert.StartsWith("d BAD The command line is longer than 8192 octets.", (await client.CommandAsync("d", $"LOGIN user {new string('x', 9_000)}"))[^1], StringComparison.Ordinal);
        Assert.StartsWith("e OK", (await client.CommandAsync("e", "LOGIN user secret"))[^1], StringComparison.Ordinal);
    }

    static SaslMechanism Create(string mechanism, string username, string password) => mechanism switch
    {
        "SCRAM-SHA-256" => new SaslMechanismScramSha256(username, password),
        "PLAIN" => new SaslMechanismPlain(Encoding.UTF8, new NetworkCredential(username, password)),
        _ => new SaslMechanismLogin(Encoding.UTF8, new NetworkCredential(username, password)),
    };

    static async Task<ImapClient> ConnectAsync(ImapTestServer server, SecureSocketOptions options)
    {
        var client = new ImapClient { ServerCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null, CheckCertificateRevocation = false };
        await client.ConnectAsync("127.0.0.1", (options == SecureSocketOptions.SslOnConnect ? server.TlsEndPoint : server.EndPoint).Port, options, Token);
        return client;
    }
}
