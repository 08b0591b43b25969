using System.Threading.Channels;
using MailKit;
using MailStore.Tests.Support;
using Npgsql;
using Postgres.Testing;

namespace MailStore.Tests.Serving;

/// <summary>The program on PostgreSQL.</summary>
public sealed class PostgresTests(TestServer tests) : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();
    PostgresServer? server;
    string connection = "";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    string[] OnPostgres => ["--provider", "postgres", "--connection", connection];

    public async ValueTask InitializeAsync()
    {
        server = await tests.StartAsync();
        connection = server.ForNewDatabase();
    }

    public async ValueTask DisposeAsync()
    {
        folder.Dispose();
        if (server is not null)
            await server.DropAsync(connection);
    }

    [Fact]
    public async Task Two_programs_serve_one_database()
    {
        Assert.Equal((0, "There is no store yet: it would be made with all migrations.", ""), await RunAsync("", "migrate", "--dry-run"));
        Assert.Contains("There is no mail store in the database \"mailstore_", (await RunAsync("", "user", "list")).Error, StringComparison.Ordinal);
        var (exitCode, output, _) = await RunAsync("", "migrate");
        Assert.Equal(0, exitCode);
        Assert.Matches("^Applied [0-9]+_Initial\\.", output);
        Assert.Equal(0, (await RunAsync("secret", "user", "add", "ada", "--password-stdin")).ExitCode);
        Assert.Equal(0, (await RunAsync("", "import", "ada", Repository.Sample)).ExitCode);

        await using var first = MailStoreProcess.Start(folder, ["serve", .. OnPostgres, "--listen", "127.0.0.1:0"]);
        await using var second = MailStoreProcess.Start(folder, ["serve", .. OnPostgres, "--listen", "127.0.0.1:0"]);
        using var writer = await first.ConnectAsync("ada", "secret");
        using var reader = await second.ConnectAsync("ada", "secret");
        await writer.Inbox!.OpenAsync(FolderAccess.ReadWrite, Token);
        await reader.Inbox!.OpenAsync(FolderAccess.ReadOnly, Token);
        Assert.Equal(12, reader.Inbox.Count);

        await writer.Inbox.AddFlagsAsync(0, MailKit.MessageFlags.Deleted, silent: true, Token);
        await writer.Inbox.ExpungeAsync(Token);
        await reader.NoOpAsync(Token);
        Assert.Equal(11, reader.Inbox.Count);

        Assert.Equal(0, await first.StopAsync("TERM"));
        Assert.Equal(0, await second.StopAsync("TERM"));
        Assert.Matches("^ada\t[0-9]+\t11\t", (await RunAsync("", "user", "list")).Output);
    }

    /// <summary>RFC 2177.</summary>
    [Fact]
    public async Task A_client_in_IDLE_sees_at_once_what_other_programs_do()
    {
        Assert.Equal(0, (await RunAsync("secret", "user", "add", "ada", "--password-stdin")).ExitCode);
        await using var first = MailStoreProcess.Start(folder, ["serve", .. OnPostgres, "--listen", "127.0.0.1:0"]);
        await using var second = MailStoreProcess.Start(folder, ["serve", .. OnPostgres, "--listen", "127.0.0.1:0"]);
        using var writer = await first.ConnectAsync("ada", "secret");
        using var reader = await second.ConnectAsync("ada", "secret");
        await reader.Inbox!.OpenAsync(FolderAccess.ReadOnly, Token);
        var told = Channel.CreateUnbounded<string>();
        reader.Inbox.CountChanged += (_, _) => told.Writer.TryWrite($"{reader.Inbox.Count} messages");
        reader.Inbox.MessageFlagsChanged += (_, change) => told.Writer.TryWrite($"{change.Index + 1} {change.Flags & ~MailKit.MessageFlags.Recent}");
        reader.Inbox.MessageExpunged += (_, gone) => told.Writer.TryWrite($"{gone.Index + 1} expunged");
        using var done = new CancellationTokenSource();
        var idle = reader.IdleAsync(done.Token, Token);

        Assert.Equal(0, (await RunAsync("", "import", "ada", Repository.Sample)).ExitCode);
        while (await NextAsync() is var next && next != "12 messages")
            Assert.EndsWith(" messages", next, StringComparison.Ordinal);
        await writer.Inbox!.OpenAsync(FolderAccess.ReadWrite, Token);
        await writer.Inbox.SetFlagsAsync(2, MailKit.MessageFlags.Deleted, silent: true, Token);
        Assert.Equal("3 Deleted", await NextAsync());
        await writer.Inbox.ExpungeAsync(Token);
        Assert.Equal("3 expunged", await NextAsync());
        await writer.Inbox.AppendAsync(MimeKit.FormatOptions.Default, new AppendRequest(new MimeKit.MimeMessage()), Token);
        Assert.Equal("12 messages", await NextButAsync("11 messages"));

        await done.CancelAsync();
        await idle;
        Assert.Equal(0, await first.StopAsync("TERM"));
        Assert.Equal(0, await second.StopAsync("TERM"));
        Assert.DoesNotContain("warn:", first.Error + second.Error, StringComparison.Ordinal);

        async Task<string> NextButAsync(string known) => await NextAsync() is var next && next == known ? await NextAsync() : next;

        async Task<string> NextAsync() => await told.Reader.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Token);
    }

    [Fact]
    public async Task A_wrong_connection_for_updates_is_told_before_anything_is_done()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "appsettings.json"), """{ "MailStore": { "Store": { "UpdateConnection": "Database=mailstore" } } }""", Token);

        var (exitCode, _, error) = await RunAsync("", "serve", "--listen", "127.0.0.1:0");

        Assert.Equal(2, exitCode);
        Assert.Contains("MailStore:Store:UpdateConnection", error, StringComparison.Ordinal);
        Assert.Contains("it must have a Host", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n'));
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_one_line_without_it()
    {
        connection = new NpgsqlConnectionStringBuilder(connection) { Password = "not the password" }.ConnectionString;

        var (exitCode, _, error) = await RunAsync("", "serve", "--listen", "127.0.0.1:0");

        Assert.Equal(1, exitCode);
        Assert.Contains("the password is wrong or missing", error, StringComparison.Ordinal);
        Assert.DoesNotContain("not the password", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n'));
        connection = server!.ForNewDatabase();
    }

    Task<(int ExitCode, string Output, string Error)> RunAsync(string input, params string[] args) => MailStoreProcess.RunAsync(folder, input, [.. args, .. OnPostgres]);
}
