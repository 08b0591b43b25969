using System.Net;
using System.Net.Sockets;
using MailStore.Commands;
using MailStore.Tests.Support;
using Microsoft.Data.Sqlite;

namespace MailStore.Tests.Serving;

/// <summary>What cannot be served is told in one line, before anything is changed.</summary>
public sealed class StartFailureTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task A_port_in_use()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        await AssertFailsAsync($"Cannot listen on {other.LocalEndpoint}: another program listens there.", "--listen", other.LocalEndpoint.ToString()!);

        // Nobody would have seen the password of a first user.
        Assert.Equal((0, "", ""), await MailStoreProcess.RunAsync(folder, "", "user", "list"));
    }

    [Fact]
    public Task Tls_for_others_without_a_certificate() => AssertFailsAsync("needs a certificate: say --tls-certificate FILE", ExitCode.Usage, "--listen-tls", "*:0");

    [Fact]
    public Task A_certificate_that_is_none()
    {
        folder.Write("cert.pem", "-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----\n");

        return AssertFailsAsync("The TLS certificate in cert.pem cannot be used: ", ExitCode.Usage, "--listen-tls", "127.0.0.1:0", "--tls-certificate", "cert.pem");
    }

    [Fact]
    public Task A_key_without_its_certificate() => AssertFailsAsync("say --tls-certificate FILE too", ExitCode.Usage, "--tls-key", "key.pem");

    [Fact]
    public Task An_address_of_another_machine() => AssertFailsAsync("this machine has no such address", "--listen", "192.0.2.1:1143");

    [Fact]
    public async Task A_file_that_is_no_database()
    {
        folder.Write("mail.db", string.Concat(Enumerable.Repeat("This is no database. ", 1000)));

        await AssertFailsAsync("is no SQLite database");
    }

    [Fact]
    public async Task A_database_that_was_cut_off()
    {
        await MakeAsync();
        File.WriteAllBytes(folder["mail.db"], File.ReadAllBytes(folder["mail.db"])[..20_000]);

        await AssertFailsAsync("Restore it from a backup.");
    }

    [Fact]
    public async Task A_database_of_another_program()
    {
        await ExecuteAsync("CREATE TABLE other (id INTEGER)");

        await AssertFailsAsync("belongs to another program");
    }

    [Fact]
    public async Task A_database_of_a_newer_version()
    {
        await MakeAsync();
        await ExecuteAsync("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Future', '99.0')");

        await AssertFailsAsync("made by a newer version of the program");
    }

    [Fact]
    public async Task A_database_that_is_locked()
    {
        await MakeAsync();
        await using var connection = new SqliteConnection($"Data Source={folder["mail.db"]};Pooling=false");
        await connection.OpenAsync(Token);
        await using var transaction = connection.BeginTransaction();

        await AssertFailsAsync("is locked by another program");
    }

    [Fact]
    public async Task A_database_that_is_read_only()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "These tests run as a user who may write everything.");
        await MakeAsync();
        File.SetAttributes(folder["mail.db"], FileAttributes.ReadOnly);

        await AssertFailsAsync("cannot be written to");
    }

    [Fact]
    public async Task A_database_that_is_opened_read_only()
    {
        await MakeAsync();

        await AssertFailsAsync("cannot be written to", "serve", "--connection", "Data Source=mail.db;Mode=ReadOnly", "--listen", "127.0.0.1:0");
    }

    [Fact]
    public async Task A_migration_is_listed_before_it_is_applied_and_once()
    {
        string[] connection = ["--connection", "Data Source=mail.db"];

        Assert.Equal((0, "There is no store yet: it would be made with all migrations.", ""), await MailStoreProcess.RunAsync(folder, "", ["migrate", "--dry-run", .. connection]));
        Assert.False(File.Exists(folder["mail.db"]));
        Assert.Matches(@"^Applied \d{14}_Initial\.", (await MailStoreProcess.RunAsync(folder, "", ["migrate", .. connection])).Output);
        Assert.Equal("The schema is up to date.", (await MailStoreProcess.RunAsync(folder, "", ["migrate", .. connection])).Output);
        Assert.Equal("The schema is up to date.", (await MailStoreProcess.RunAsync(folder, "", ["migrate", "--dry-run", .. connection])).Output);
    }

    async Task MakeAsync() => Assert.Equal(0, (await MailStoreProcess.RunAsync(folder, "", "migrate", "--connection", "Data Source=mail.db")).ExitCode);

    async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={folder["mail.db"]};Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Token);
    }

    Task AssertFailsAsync(string reason, params string[] args) => AssertFailsAsync(reason, ExitCode.Failure, args);

    async Task AssertFailsAsync(string reason, int expected, params string[] args)
    {
        if (args.Length == 0)
            args = ["serve", "--connection", "Data Source=mail.db", "--listen", "127.0.0.1:0"];
        var (exitCode, output, error) = await MailStoreProcess.RunAsync(folder, "", args);

        Assert.Equal((expected, ""), (exitCode, output));
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.StartsWith("mailstore: ", Assert.Single(error.Split(Environment.NewLine)), StringComparison.Ordinal);
    }
}
