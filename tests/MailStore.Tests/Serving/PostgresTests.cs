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
