using System.Text.RegularExpressions;
using MailKit;
using MailStore.Tests.Support;

namespace MailStore.Tests.Serving;

/// <summary>The program as people start it: a process, a port, a mail client.</summary>
public sealed partial class ServeTests : IDisposable
{
    static readonly string[] OnAnyPort = ["--listen", "127.0.0.1:0"];

    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_first_start_makes_a_user_tells_how_to_sign_in_and_welcomes()
    {
        string username, password;
        await using (var server = MailStoreProcess.Start(folder, OnAnyPort))
        {
            var port = await server.ListeningAsync();
            var told = await server.WaitForOutputAsync("MAILINDEX=1'");
            (username, password) = (UserName().Match(told).Groups[1].Value, Password().Match(told).Groups[1].Value);
            Assert.Contains($"curl --user '{username}:{password}' 'imap://127.0.0.1:{port}/INBOX;MAILINDEX=1'", told, StringComparison.Ordinal);
            Assert.Equal(23, password.Length);

            using var client = await server.ConnectAsync(username, password);
            await client.Inbox!.OpenAsync(FolderAccess.ReadOnly, Token);
            var message = await client.Inbox.GetMessageAsync(0, Token);
            Assert.Equal(1, client.Inbox.Count);
            Assert.Equal("Welcome to your mail store", message.Subject);
            Assert.Contains($"mailstore import {username} PATH", message.TextBody, StringComparison.Ordinal);
            Assert.Equal(
                ["Archive", "Drafts", "Junk", "Sent", "Trash"],
                new[] { SpecialFolder.Archive, SpecialFolder.Drafts, SpecialFolder.Junk, SpecialFolder.Sent, SpecialFolder.Trash }.Select(use => client.GetFolder(use)!.Name));
            var subscribed = await client.GetFoldersAsync(client.PersonalNamespaces[0], subscribedOnly: true, Token);
            Assert.Equal(["Archive", "Drafts", "INBOX", "Junk", "Sent", "Trash"], subscribed.Select(static each => each.FullName).Order(StringComparer.Ordinal));
            await client.DisconnectAsync(quit: true, Token);

            Assert.Equal(0, await server.StopAsync("TERM"));
            Assert.DoesNotContain(" at ", server.Error, StringComparison.Ordinal);
        }

        Assert.True(File.Exists(folder["data/mailstore.db"]));
        await using var again = MailStoreProcess.Start(folder, ["serve", .. OnAnyPort]);
        using var second = await again.ConnectAsync(username, password);
        await second.Inbox!.OpenAsync(FolderAccess.ReadOnly, Token);
        Assert.Equal(1, second.Inbox.Count);
        Assert.Equal(0, await again.StopAsync(MailStoreProcess.HearsInterrupts ? "INT" : "TERM"));
        Assert.Equal("", again.Output);
    }

    [Fact]
    public async Task A_client_that_waits_does_not_keep_it_from_stopping()
    {
        await AddUserAsync();
        await using var server = MailStoreProcess.Start(folder, OnAnyPort);
        using var client = await server.ConnectAsync("ada", "secret");
        await client.Inbox!.OpenAsync(FolderAccess.ReadOnly, Token);
        using var done = new CancellationTokenSource();
        var idle = client.IdleAsync(done.Token, Token);

        Assert.Equal(0, await server.StopAsync("TERM").WaitAsync(TimeSpan.FromSeconds(10), Token));
        await Assert.ThrowsAnyAsync<Exception>(() => idle);
    }

    [Fact]
    public async Task Users_are_administered_while_it_serves()
    {
        await AddUserAsync();
        await using var server = MailStoreProcess.Start(folder, OnAnyPort);
        using (var client = await server.ConnectAsync("ada", "secret"))
            Assert.True(client.IsAuthenticated);

        Assert.Equal((1, "mailstore: "), Start(await RunAsync("secret", "user", "add", "Ada", "--password-stdin")));
        Assert.Equal(0, (await RunAsync("other\r\n", "user", "passwd", "ada", "--password-stdin")).ExitCode);
        await Assert.ThrowsAsync<MailKit.Security.AuthenticationException>(() => server.ConnectAsync("ada", "secret"));
        using (var client = await server.ConnectAsync("ada", "other"))
            Assert.True(client.IsAuthenticated);

        Assert.Matches("^ada\t6\t0\t0\t20[0-9-]+T[0-9:]+Z\tdefault\tactive$", (await RunAsync("", "user", "list")).Output);
        Assert.Equal((0, "Removed the user ada.", ""), await RunAsync("", "user", "remove", "ada", "--yes"));
        Assert.Equal("", (await RunAsync("", "user", "list")).Output);
        Assert.Equal((1, "mailstore: "), Start(await RunAsync("", "user", "remove", "ada", "--yes")));
    }

    [Fact]
    public async Task Mail_is_imported_while_it_serves_and_exported_again()
    {
        await AddUserAsync();
        folder.Write("a.mbox", "From ada@example.org Thu Aug 22 12:36:23 2002\nStatus: R\nSubject: one\n\n1\n\nFrom ada@example.org Thu Aug 22 12:36:24 2002\nSubject: two\n\n2\n\n");
        await using var server = MailStoreProcess.Start(folder, OnAnyPort);
        using var client = await server.ConnectAsync("ada", "secret");

        var (exitCode, output, error) = await RunAsync("", "import", "ada", "a.mbox", "--mailbox", "Old/Mail");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.StartsWith("Imported 2 messages (", output, StringComparison.Ordinal);
        Assert.Contains("Already there: 2 messages, left out.", (await RunAsync("", "import", "ada", "a.mbox", "--mailbox", "Old/Mail")).Output, StringComparison.Ordinal);
        (exitCode, output, _) = await RunAsync("", "import", "ada", "a.mbox", "missing.mbox", "--again", "--mailbox", "Old/Mail");
        Assert.Equal(3, exitCode);
        Assert.Contains($"Refused: 1.{Environment.NewLine}  There is no such file or folder.{Environment.NewLine}    missing.mbox", output, StringComparison.Ordinal);

        var old = await client.GetFolderAsync("Old/Mail", Token);
        await old.OpenAsync(FolderAccess.ReadOnly, Token);
        var summaries = await old.FetchAsync(0, -1, MessageSummaryItems.Flags | MessageSummaryItems.InternalDate | MessageSummaryItems.Envelope, Token);
        Assert.Equal(["one", "two", "one", "two"], summaries.Select(static summary => summary.Envelope!.Subject));
        Assert.Equal([true, false, true, false], summaries.Select(static summary => summary.Flags!.Value.HasFlag(MailKit.MessageFlags.Seen)));
        Assert.Equal(new DateTimeOffset(2002, 8, 22, 12, 36, 23, TimeSpan.Zero), summaries[0].InternalDate);

        Assert.StartsWith("Exported 4 messages (", (await RunAsync("", "export", "ada", "out")).Output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["out/Old/Mail.mbox"]) && File.Exists(folder["out/INBOX.mbox"]));
    }

    [Fact]
    public async Task The_configuration_comes_from_a_file_and_options_go_first()
    {
        folder.Write("appsettings.json", """{ "MailStore": { "Connection": "Data Source=here.db", "Listen": ["not an address"], "Imap": { "ServerName": "testing" } } }""");

        await using var server = MailStoreProcess.Start(folder, OnAnyPort);
        using var client = new MailKit.Net.Imap.ImapClient();
        await client.ConnectAsync("127.0.0.1", await server.ListeningAsync(), MailKit.Security.SecureSocketOptions.None, Token);

        Assert.Equal("testing", (await client.IdentifyAsync(new MailKit.Net.Imap.ImapImplementation { Name = "test" }, Token))!.Name);
        Assert.True(File.Exists(folder["here.db"]));
    }

    Task<(int ExitCode, string Output, string Error)> RunAsync(string input, params string[] args) => MailStoreProcess.RunAsync(folder, input, args);

    async Task AddUserAsync() =>
        Assert.Equal((0, "Added the user ada.", ""), await RunAsync("secret\n", "user", "add", "ada", "--password-stdin"));

    static (int ExitCode, string Start) Start((int ExitCode, string Output, string Error) run) => (run.ExitCode, run.Error[..11]);

    [GeneratedRegex(@"User name +(\S+)")]
    private static partial Regex UserName();

    [GeneratedRegex(@"Password +(\S+)")]
    private static partial Regex Password();
}
