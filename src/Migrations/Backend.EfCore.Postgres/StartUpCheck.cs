using System.Data;
using System.Net.Sockets;
using Npgsql;

namespace Backend.EfCore.Postgres;

/// <summary>Looks whether a database can be used before anything is done with it, and makes it where there is none.</summary>
sealed class StartUpCheck(string connectionString)
{
    /// <summary>Databases of every server, of which one is needed to make another.</summary>
    static readonly string[] Maintenance = ["postgres", "template1"];

    // Not from the pool, which may hold connections that have died since.
    readonly NpgsqlConnectionStringBuilder settings = new(connectionString) { Pooling = false };

    string Server => settings.Host!.StartsWith('/') ? $"in {settings.Host}" : $"at {settings.Host}:{settings.Port}";

    string Database => settings.Database!;

    /// <returns>Whether there is a database now.</returns>
    /// <exception cref="BackendException"><see cref="BackendError.Unavailable"/>; the text says why and what to do.</exception>
    public async Task<bool> ExecuteAsync(bool create, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(create, cancellationToken);
            await CheckAsync(connection, cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (!create && exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return false;
        }
        catch (NpgsqlException exception)
        {
            throw new BackendException(BackendError.Unavailable, Fault(exception), exception);
        }
    }

    async Task<NpgsqlConnection> OpenAsync(bool create, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(Database, cancellationToken);
        }
        catch (PostgresException exception) when (create && exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await CreateAsync(exception, cancellationToken);
            return await OpenAsync(Database, cancellationToken);
        }
    }

    async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Database = database }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes the database; when somebody else does at the same time, that will do.</summary>
    async Task CreateAsync(PostgresException missing, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenMaintenanceAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"CREATE DATABASE {Quoted(Database)} ENCODING 'UTF8' TEMPLATE template0";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // It is there now.
        }
        catch (NpgsqlException exception)
        {
            throw new BackendException(
                BackendError.Unavailable,
                $"There is no database \"{Database}\" on the server {Server}, and it could not be made: {exception.Message} Let somebody who may do it: CREATE DATABASE {Quoted(Database)} ENCODING 'UTF8' TEMPLATE template0 OWNER {Quoted(settings.Username ?? "...")}",
                missing);
        }
    }

    async Task<NpgsqlConnection> OpenMaintenanceAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(Maintenance[0], cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return await OpenAsync(Maintenance[1], cancellationToken);
        }
    }

    async Task CheckAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (connection.PostgreSqlVersion < PostgresDialect.OldestVersion)
            throw Unusable($"The server {Server} is PostgreSQL {connection.PostgreSqlVersion}; the mail store needs {PostgresDialect.OldestVersion.Major} or later.");

        // One look at all, while another program may just be making the tables.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var (encoding, isReadOnly, schema, hasHistory, hasTables, mayCreate, user) = await LookAsync(connection, cancellationToken);
        if (encoding != "UTF8")
            throw Unusable($"The database \"{Database}\" has the encoding {encoding}, and mail needs UTF8. Name another, or let the mail store make it.");
        if (isReadOnly)
            throw Unusable($"The server {Server} only reads: it is a standby, or the database is set to be read only. Name the primary.");
        if (schema is null)
            throw Unusable($"The database \"{Database}\" has no schema that the user \"{user}\" may use and the search path names. Let its owner: CREATE SCHEMA AUTHORIZATION {Quoted(user)}");
        // A first migration that was interrupted has left an empty history.
        if (hasTables != hasHistory && (hasTables || await HasMigrationsAsync(connection, cancellationToken)))
            throw Unusable($"The database \"{Database}\" belongs to another program: its tables are not the mail store's. Name another.");
        if (!hasTables && !mayCreate)
            throw Unusable($"The user \"{user}\" may not make tables in the database \"{Database}\". Let its owner: GRANT CREATE ON SCHEMA {schema} TO {Quoted(user)}");
    }

    static async Task<(string Encoding, bool IsReadOnly, string? Schema, bool HasHistory, bool HasTables, bool MayCreate, string User)> LookAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT
                current_setting('server_encoding'),
                current_setting('transaction_read_only')::boolean,
                quote_ident(current_schema()),
                EXISTS (SELECT FROM pg_class WHERE relnamespace = quote_ident(current_schema())::regnamespace AND relname = '__EFMigrationsHistory'),
                EXISTS (SELECT FROM pg_class WHERE relnamespace = quote_ident(current_schema())::regnamespace AND relname IN ('tenants', 'users', 'mailboxes', 'messages', 'contents', 'keywords')),
                coalesce(has_schema_privilege(current_schema(), 'CREATE'), false),
                current_user::text
            """;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetString(0), reader.GetBoolean(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetBoolean(3), reader.GetBoolean(4), reader.GetBoolean(5), reader.GetString(6));
    }

    static async Task<bool> HasMigrationsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT EXISTS (SELECT FROM "__EFMigrationsHistory")""";
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    string Fault(NpgsqlException exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword } => $"The server {Server} refuses the user \"{settings.Username}\": the password is wrong or missing.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidAuthorizationSpecification } refused => $"The server {Server} refuses the user \"{settings.Username}\": {refused.MessageText}.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused => $"The user \"{settings.Username}\" may not use the database \"{Database}\": {refused.MessageText}.",
        PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow } => $"The server {Server} is starting or stopping. Try again in a moment.",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => $"The server {Server} has no connection left. Raise its max_connections, or lower Maximum Pool Size in the connection string.",
        PostgresException other => $"The database \"{Database}\" on the server {Server} cannot be used: {other.MessageText}.",
        { InnerException: SocketException or TimeoutException } => $"No PostgreSQL server answers {Server}. Start it, or name another in the connection string.",
        _ => $"The server {Server} cannot be used: {exception.Message}",
    };

    static BackendException Unusable(string text) => new(BackendError.Unavailable, text);

    static string Quoted(string identifier)
    {
        using var quoting = new NpgsqlCommandBuilder();
        return quoting.QuoteIdentifier(identifier);
    }
}
