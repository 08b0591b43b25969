using Backend.EfCore.Dialect;
using Npgsql;

namespace Backend.EfCore.Postgres;

/// <summary>Sends by NOTIFY, one transaction for all that is given at once.</summary>
sealed class PostgresNotificationSender(NpgsqlConnection connection, string channel) : INotificationSender
{
    public async Task SendAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        // A notification needs no place on the disk: what it tells of is there. It holds a lock of the whole server while its transaction ends.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT set_config('synchronous_commit', 'off', true)"));
        var notify = new NpgsqlBatchCommand("SELECT pg_notify($1, text) FROM unnest($2) AS text");
        notify.Parameters.Add(new NpgsqlParameter<string> { TypedValue = channel });
        notify.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. texts] });
        batch.BatchCommands.Add(notify);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
