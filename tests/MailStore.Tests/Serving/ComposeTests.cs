using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Imap;
using MailStore.Tests.Support;
using MimeKit;

namespace MailStore.Tests.Serving;

/// <summary>
/// docker-compose.yml as people use it, for real. It builds an image and takes minutes, so it is run only where MAILSTORE_TEST_COMPOSE names the
/// command: <c>docker compose</c> or <c>docker-compose</c>.
/// </summary>
public sealed partial class ComposeTests : IAsyncLifetime
{
    const string Variable = "MAILSTORE_TEST_COMPOSE";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly string[] command = (Environment.GetEnvironmentVariable(Variable) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
    readonly string project = $"mailstore-test-{Environment.ProcessId}";
    readonly int port = FreePort();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(command.Length == 0, $"{Variable} does not name the command, such as \"docker compose\".");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (command.Length == 0)
            return;
        await ComposeAsync("", "down", "--volumes");
        await RunAsync("", "docker", "image", "rm", project);
    }

    [Fact]
    public async Task It_comes_up_takes_mail_and_has_it_after_it_was_taken_down()
    {
        await ComposeAsync("", "up", "--detach", "--build");
        var password = await PasswordAsync();
        Assert.Equal("Added the user ada.", await ComposeAsync("secret", "exec", "-T", "mailstore", "mailstore", "user", "add", "ada", "--password-stdin"));
        await ComposeAsync("", "run", "--rm", "-T", "--volume", $"{Path.GetDirectoryName(Repository.Sample)}:/mail:ro", "mailstore", "import", "ada", "/mail/tour.mbox");
        using (var client = await ConnectAsync("me", password))
        {
            using var message = new MimeMessage { Subject = "kept", Body = new TextPart { Text = "Hello." } };
            await client.Inbox!.AppendAsync(message, cancellationToken: Token);
        }

        await HealthyAsync();
        Assert.Equal("1654", await ComposeAsync("", "exec", "-T", "mailstore", "id", "-u"));
        Assert.Equal("f", await ComposeAsync("", "exec", "-T", "postgres", "psql", "-U", "postgres", "-Atc", "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = 'mailstore'"));

        using (var waiting = await ConnectAsync("ada", "secret"))
        {
            var stopped = Stopwatch.StartNew();
            await ComposeAsync("", "stop", "mailstore");
            Assert.True(stopped.Elapsed < TimeSpan.FromSeconds(8), $"It took {stopped.Elapsed} to stop.");
        }

        Assert.Matches(@"Stopped\.\s*$", await ComposeAsync("", "logs", "--no-color", "mailstore"));
        await ComposeAsync("", "down");
        await ComposeAsync("", "up", "--detach");
        using (var again = await ConnectAsync("me", password))
        {
            await again.Inbox!.OpenAsync(FolderAccess.ReadOnly, Token);
            Assert.Equal("kept", (await again.Inbox.GetMessageAsync(again.Inbox.Count - 1, Token)).Subject);
        }

        Assert.Matches("^ada\t[0-9]+\t12\t[^\n]+\nme\t[0-9]+\t2\t", await ComposeAsync("", "exec", "-T", "mailstore", "mailstore", "user", "list"));
    }

    async Task<string> PasswordAsync()
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(500, Token))
        {
            var log = await ComposeAsync("", "logs", "--no-color", "mailstore");
            if (Password().Match(log) is { Success: true } match)
                return match.Groups[1].Value;
            Assert.True(waited.Elapsed < Patience, $"It does not start: {log}");
        }
    }

    async Task<ImapClient> ConnectAsync(string username, string password)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(500, Token))
        {
            var client = new ImapClient();
            try
            {
                await client.ConnectAsync("127.0.0.1", port, MailKit.Security.SecureSocketOptions.None, Token);
                await client.AuthenticateAsync(username, password, Token);
                return client;
            }
            catch (Exception exception) when (exception is IOException or SocketException or ImapProtocolException && waited.Elapsed < Patience)
            {
                // The port is published before the program listens.
                client.Dispose();
            }
        }
    }

    async Task HealthyAsync()
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(1000, Token))
        {
            var state = await ComposeAsync("", "ps");
            if (Healthy().Count(state) == 2)
                return;
            Assert.True(waited.Elapsed < Patience, $"Not both are healthy: {state}");
        }
    }

    Task<string> ComposeAsync(string input, params string[] args) => RunAsync(input, [.. command, "--project-name", project, .. args]);

    async Task<string> RunAsync(string input, params string[] args)
    {
        var start = new ProcessStartInfo(args[0], args[1..])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MAILSTORE_PORT"] = $"{port}", ["MAILSTORE_IMAGE"] = project },
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Token), process.StandardError.ReadToEndAsync(Token));
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Token);
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', args)} ended with {process.ExitCode}: {await output}{await error}");
        return (await output).Trim();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"Password +([a-z0-9-]{23})\b")]
    private static partial Regex Password();

    [GeneratedRegex(@"\(healthy\)")]
    private static partial Regex Healthy();
}
