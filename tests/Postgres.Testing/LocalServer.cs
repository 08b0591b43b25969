using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Postgres.Testing;

/// <summary>
/// A server of the machine's own binaries in a temporary folder, on a Unix socket there. It is bound to this process: when that ends, be it
/// by SIGKILL, the server stops and the folder goes.
/// </summary>
public sealed class LocalServer : PostgresServer
{
    const string User = "postgres";
    const string Password = "throwaway";

    static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    readonly PostgresBinaries binaries;
    readonly string folder;
    readonly string[] settings;
    Process? keeper;

    LocalServer(PostgresBinaries binaries, string folder, string[] settings) => (this.binaries, this.folder, this.settings) = (binaries, folder, settings);

    /// <inheritdoc/>
    public override string Description => $"PostgreSQL {binaries.Major} of {binaries.Folder}";

    /// <inheritdoc/>
    protected override string ConnectionString => new NpgsqlConnectionStringBuilder { Host = folder, Username = User, Password = Password, Database = User }.ConnectionString;

    string Data => Path.Combine(folder, "data");

    string Log => Path.Combine(folder, "log");

    /// <summary>Makes a server; null where the binaries are not installed.</summary>
    /// <param name="durable">Whether commits are flushed to disk, as in production.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<LocalServer?> TryStartAsync(bool durable, CancellationToken cancellationToken)
    {
        if (PostgresBinaries.Find() is not { } binaries)
            return null;
        var folder = Directory.CreateTempSubdirectory("mailstore-pg-").FullName;
        var server = new LocalServer(binaries, folder, durable ? [] : ["fsync=off", "full_page_writes=off"]);
        try
        {
            await server.InitializeAsync(cancellationToken);
            await server.StartAgainAsync(cancellationToken);
            await server.MakeRoleAsync(cancellationToken);
            await server.PrepareTemplateAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server once more after it was killed.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        string[] all = ["listen_addresses=", $"unix_socket_directories={folder}", "max_connections=300", "shared_buffers=128MB", "log_min_messages=fatal", .. settings];
        // The shell waits for the end of its input, which comes with the end of this process.
        var script = $"""
            '{binaries.Of("postgres")}' -D '{Data}' {string.Join(' ', all.Select(static each => $"-c '{each}'"))} >> '{Log}' 2>&1 < /dev/null &
            server=$!
            read -r word
            kill -INT $server 2> /dev/null
            wait $server
            [ "$word" = keep ] || rm -rf '{folder}'
            """;
        keeper = Process.Start(binaries.AsOwner(new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardInput = true }))!;
        await WaitAsync(cancellationToken);
    }

    /// <summary>Kills the server and all its processes as kill -9 does, at once and unprepared.</summary>
    public async Task KillAsync()
    {
        var pid = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        using var postmaster = Process.GetProcessById(int.Parse(pid, CultureInfo.InvariantCulture));
        postmaster.Kill(entireProcessTree: true);
        await EndAsync("keep");
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await EndAsync("end");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        await base.DisposeAsync();
    }

    async Task InitializeAsync(CancellationToken cancellationToken)
    {
        var passwordFile = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(passwordFile, Password, cancellationToken);
        if (binaries.Owner is { } owner)
            await RunAsync(new ProcessStartInfo("chown", ["-R", owner, folder]), cancellationToken);
        // A language whose order of letters is not that of octets, so that whoever relies on the order shows it.
        string[] language = binaries.Major >= 15 ? ["--locale=C", "--locale-provider=icu", "--icu-locale=en"] : ["--locale=C"];
        await RunAsync(
            binaries.AsOwner(new ProcessStartInfo(binaries.Of("initdb"), ["-D", Data, "-U", User, "-A", "scram-sha-256", $"--pwfile={passwordFile}", "-E", "UTF8", "--no-sync", .. language])),
            cancellationToken);
    }

    async Task WaitAsync(CancellationToken cancellationToken)
    {
        for (var started = Stopwatch.GetTimestamp(); ;)
            try
            {
                await ExecuteAsync(ConnectionString, "SELECT 1", cancellationToken);
                return;
            }
            catch (NpgsqlException exception)
            {
                if (keeper!.HasExited || Stopwatch.GetElapsedTime(started) > StartTimeout)
                    throw new InvalidOperationException($"PostgreSQL does not start: {(File.Exists(Log) ? await File.ReadAllTextAsync(Log, cancellationToken) : "it wrote no log.")}", exception);
                await Task.Delay(50, cancellationToken);
            }
    }

    async Task EndAsync(string word)
    {
        if (keeper is null)
            return;
        try
        {
            await keeper.StandardInput.WriteLineAsync(word);
            keeper.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended by itself.
        }

        await keeper.WaitForExitAsync();
        keeper.Dispose();
        keeper = null;
    }

    static async Task RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}: {await output}{await error}");
    }
}
