using Backend.EfCore.Dialect;
using Npgsql;

namespace Backend.EfCore.Postgres;

/// <summary>Hears on a connection that listens.</summary>
sealed class PostgresNotificationListener : INotificationListener
{
    readonly NpgsqlConnection connection;
    List<string> heard = [];

    public PostgresNotificationListener(NpgsqlConnection connection)
    {
        this.connection = connection;
        connection.Notification += (_, notification) => heard.Add(notification.Payload);
    }

    public async Task<IReadOnlyList<string>> WaitAsync(CancellationToken cancellationToken)
    {
        // What came with the answer to a command is there already.
        while (heard.Count == 0)
            await connection.WaitAsync(cancellationToken);
        var texts = heard;
        heard = [];
        return texts;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
