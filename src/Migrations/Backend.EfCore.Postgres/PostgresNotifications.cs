using Backend.EfCore.Dialect;
using Npgsql;

namespace Backend.EfCore.Postgres;

/// <summary>
/// LISTEN and NOTIFY, on connections outside the pool: what is sent never waits for those that write, nor they for it. The name of the
/// channel has the number of the schema, for other stores may be in other schemas of the database.
/// </summary>
sealed class PostgresNotifications : INotificationChannel
{
    /// <summary>After so many seconds without a word a listening connection asks whether the server is there.</summary>
    const int KeepAliveSeconds = 30;

    readonly string connectionString;

    public PostgresNotifications(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        if (!builder.ShouldSerialize("Keepalive"))
            builder.KeepAlive = KeepAliveSeconds;
        this.connectionString = builder.ConnectionString;
    }

    /// <summary>A payload has to be shorter than 8,000 octets.</summary>
    public int MaxOctets => 7999;

    public async Task<INotificationSender> OpenSenderAsync(CancellationToken cancellationToken)
    {
        var (connection, channel) = await OpenAsync(cancellationToken);
        return new PostgresNotificationSender(connection, channel);
    }

    public async Task<INotificationListener> OpenListenerAsync(CancellationToken cancellationToken)
    {
        var (connection, channel) = await OpenAsync(cancellationToken);
        try
        {
            var listener = new PostgresNotificationListener(connection);
            await using var command = new NpgsqlCommand($"LISTEN {channel}", connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return listener;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    async Task<(NpgsqlConnection Connection, string Channel)> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT 'mailstore_' || oid FROM pg_namespace WHERE nspname = current_schema()", connection);
            return await command.ExecuteScalarAsync(cancellationToken) is string channel
                ? (connection, channel)
                : throw new BackendException(BackendError.Unavailable, "The database has no schema that the user may use.");
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
