using Npgsql;

namespace Postgres.Testing;

/// <summary>
/// A PostgreSQL server to test with: the one that MAILSTORE_TEST_POSTGRES names by a connection string, else a container where Docker
/// answers, else a throwaway one made of the machine's own binaries.
/// </summary>
public abstract class PostgresServer : IAsyncDisposable
{
    /// <summary>The environment variable with the connection string of a user who may make databases: best a superuser, who makes an ordinary one for the tests.</summary>
    public const string Variable = "MAILSTORE_TEST_POSTGRES";

    static int databases;

    string? role;
    string? rolePassword;

    /// <summary>What the server is, for whoever reads the test's output.</summary>
    public abstract string Description { get; }

    /// <summary>The connection string of the administrator, who may make databases and if possible everything, without the name of a database.</summary>
    protected abstract string ConnectionString { get; }

    string ApplicationString => role is null ? ConnectionString : new NpgsqlConnectionStringBuilder(ConnectionString) { Username = role, Password = rolePassword }.ConnectionString;

    /// <summary>Finds or makes a server that need not outlive a crash of the machine.</summary>
    /// <exception cref="PostgresMissingException">There is none, and it is told why.</exception>
    public static Task<PostgresServer> StartAsync(CancellationToken cancellationToken) => StartAsync(durable: false, cancellationToken);

    /// <summary>Finds or makes a server.</summary>
    /// <param name="durable">Whether one that is made here flushes commits to disk, as in production.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PostgresMissingException">There is none, and it is told why.</exception>
    public static async Task<PostgresServer> StartAsync(bool durable, CancellationToken cancellationToken)
    {
        var server = await ChooseAsync(
            Environment.GetEnvironmentVariable(Variable),
            token => ContainerServer.TryStartAsync(durable, token),
            async token => await LocalServer.TryStartAsync(durable, token),
            cancellationToken);
        await server.MakeRoleAsync(cancellationToken);
        return server;
    }

    /// <summary>Takes the first that is there: the named one, a container, a local one. A container that cannot be had is as good as none.</summary>
    /// <param name="connectionString">Names one; null or empty for none.</param>
    /// <param name="startContainer">Null where no Docker answers; any exception where it answers and has no server.</param>
    /// <param name="startLocal">Null where there are no binaries.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PostgresMissingException">There is none, and it is told why.</exception>
    public static async Task<PostgresServer> ChooseAsync(
        string? connectionString,
        Func<CancellationToken, Task<PostgresServer?>> startContainer,
        Func<CancellationToken, Task<PostgresServer?>> startLocal,
        CancellationToken cancellationToken)
    {
        if (connectionString is { Length: > 0 })
            return new NamedServer(connectionString);
        Exception? refused = null;
        try
        {
            if (await startContainer(cancellationToken) is { } container)
                return container;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            refused = exception;
        }

        return await startLocal(cancellationToken) ?? throw new PostgresMissingException(refused);
    }

    /// <summary>
    /// The connection string of a database, for an ordinary role as an application has: it may make databases, owns those, and is subject to row-level security.
    /// </summary>
    public string For(string database) => new NpgsqlConnectionStringBuilder(ApplicationString) { Database = database }.ConnectionString;

    /// <summary>The connection string of a database for the administrator, whom row-level security does not stop.</summary>
    public string ForAdministrator(string database) => new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database }.ConnectionString;

    /// <summary>The administrator's connection string of the database that another connection string names.</summary>
    public string AsAdministrator(string connectionString) => ForAdministrator(new NpgsqlConnectionStringBuilder(connectionString).Database!);

    /// <summary>The connection string of a database that no other test uses and that is not there yet.</summary>
    public string ForNewDatabase() => For($"mailstore_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}_{Guid.NewGuid():N}");

    /// <summary>Makes a database.</summary>
    /// <param name="connectionString">Names it.</param>
    /// <param name="options">What CREATE DATABASE is told of it.</param>
    public async Task CreateAsync(string connectionString, string options = "")
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await ExecuteAsync(For("postgres"), $"CREATE DATABASE \"{database}\" {options}", CancellationToken.None);
    }

    /// <summary>Takes a database away, whoever uses it.</summary>
    public async Task DropAsync(string connectionString)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await ExecuteAsync(ForAdministrator("postgres"), $"DROP DATABASE IF EXISTS \"{database}\" WITH (FORCE)", CancellationToken.None);
    }

    /// <summary>Runs one statement on a connection of its own.</summary>
    public static async Task<object?> ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>Makes the ordinary role, once, where the administrator may.</summary>
    protected async Task MakeRoleAsync(CancellationToken cancellationToken)
    {
        if (role is not null || await ExecuteAsync(ForAdministrator("postgres"), "SELECT rolsuper FROM pg_roles WHERE rolname = current_user", cancellationToken) is not true)
            return;
        var name = $"mailstore_{Environment.ProcessId}_{Guid.NewGuid():N}";
        rolePassword = Guid.NewGuid().ToString("N");
        await ExecuteAsync(ForAdministrator("postgres"), $"CREATE ROLE {name} LOGIN CREATEDB PASSWORD '{rolePassword}'", cancellationToken);
        role = name;
    }

    /// <summary>Has every database that is made from now on use its indexes for LIKE under row-level security, as an operator is told to (docs/deployment.md).</summary>
    protected async Task PrepareTemplateAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(ForAdministrator("postgres"), "ALTER DATABASE template0 ALLOW_CONNECTIONS true", cancellationToken);
        await ExecuteAsync(ForAdministrator("template0"), "ALTER FUNCTION pg_catalog.textlike(text, text) LEAKPROOF", cancellationToken);
        await ExecuteAsync(ForAdministrator("postgres"), "ALTER DATABASE template0 ALLOW_CONNECTIONS false", cancellationToken);
    }

    /// <summary>Takes away the ordinary role, of a server that stays.</summary>
    protected async Task DropRoleAsync()
    {
        if (role is not null)
            await ExecuteAsync(ForAdministrator("postgres"), $"DROP ROLE IF EXISTS {role}", CancellationToken.None);
    }

    /// <summary>Takes the server away, if it was made here.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
