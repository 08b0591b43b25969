using System.Net;
using System.Net.Sockets;
using MailStore.Tests.Support;

namespace MailStore.Tests.Serving;

/// <summary>What a container or a service manager hears of the server.</summary>
public sealed class HealthCheckTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly TcpListener other = new(IPAddress.Loopback, 0);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        other.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_server_that_answers_is_healthy_and_one_that_was_stopped_is_not()
    {
        await using var server = MailStoreProcess.Start(folder, "--listen", "127.0.0.1:0");
        var address = $"127.0.0.1:{await server.ListeningAsync()}";

        var run = await ProgramRun.RunAsync("healthcheck", "--listen", address);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith($"{address} answers: * OK [CAPABILITY IMAP4rev1 ", run.Output, StringComparison.Ordinal);
        var everywhere = await ProgramRun.RunAsync("healthcheck", "--listen", $"0.0.0.0:{address.Split(':')[1]}");
        Assert.Equal((0, ""), (everywhere.ExitCode, everywhere.Error));

        await server.StopAsync("TERM");
        await AssertUnhealthyAsync("cannot be connected to: ", "--listen", address);
    }

    [Fact]
    public async Task A_server_that_answers_over_tls_is_healthy()
    {
        await using var server = MailStoreProcess.Start(folder, "--listen-tls", "127.0.0.1:0");
        var address = $"127.0.0.1:{await server.ListeningAsync()}";
        // The log is told by another thread than the one that listens.
        Assert.Contains("--insecure --user 'me:", await server.WaitForOutputAsync("imaps://127.0.0.1:"), StringComparison.Ordinal);

        var run = await ProgramRun.RunAsync("healthcheck", "--listen-tls", address);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith($"{address} answers: * OK [CAPABILITY IMAP4rev1 ", run.Output, StringComparison.Ordinal);

        await AssertUnhealthyAsync("does not answer within 5 seconds", "--listen", address);
    }

    [Fact]
    public async Task All_addresses_have_to_answer()
    {
        await using var server = MailStoreProcess.Start(folder, "--listen", "127.0.0.1:0");

        await AssertUnhealthyAsync("cannot be connected to", "--listen", $"127.0.0.1:{await server.ListeningAsync()}", "--listen", "127.0.0.1:1");
    }

    [Theory]
    [InlineData("* BYE Too many connections\r\n", "refuses: * BYE Too many connections")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "is no IMAP server: it says \"SSH-2.0-OpenSSH_9.2\"")]
    [InlineData("* OK ready\r\n* BYE bye\r\na BAD what\r\n", "is no IMAP server: it says \"a BAD what\"")]
    [InlineData("* OK ready\r\n* BYE bye\r\n", "ends the connection")]
    [InlineData("", "ends the connection")]
    public Task Whoever_else_answers_is_not_the_server(string answer, string expected) => AnswerAsync(answer, stays: false, expected);

    [Fact]
    public Task Whoever_speaks_without_end_is_not_the_server() => AnswerAsync(new string('*', 10_000), stays: true, "its line has no end");

    [Fact]
    public Task Whoever_says_nothing_is_not_waited_for() => AnswerAsync("", stays: true, "does not answer within 5 seconds");

    [Fact]
    public async Task A_port_that_only_the_server_knows_cannot_be_asked()
    {
        var run = await ProgramRun.RunAsync("healthcheck", "--listen", "127.0.0.1:0");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("name the one that it told", run.Error, StringComparison.Ordinal);
    }

    async Task AnswerAsync(string answer, bool stays, string expected)
    {
        other.Start();
        var check = AssertUnhealthyAsync(expected, "--listen", other.LocalEndpoint.ToString()!);
        using var client = await other.AcceptTcpClientAsync(Token);
        await client.Client.SendAsync(System.Text.Encoding.ASCII.GetBytes(answer), Token);
        // So that it hears the end only after what was said, and can still say its own.
        if (!stays)
            client.Client.Shutdown(SocketShutdown.Send);
        await check;
    }

    static async Task AssertUnhealthyAsync(string expected, params string[] args)
    {
        var run = await ProgramRun.RunAsync(["healthcheck", .. args]);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("mailstore: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }
}
