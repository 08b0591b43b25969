using System.Data;
using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Backend.Benchmarks.Plain;

/// <summary>One connection and its prepared statements. Parameters are <c>$1</c>, <c>$2</c>... on both engines.</summary>
sealed class PlainConnection(DbConnection connection) : IAsyncDisposable
{
    readonly Dictionary<string, DbCommand> prepared = [];
    DbTransaction? transaction;

    public bool IsPostgres => connection is NpgsqlConnection;

    /// <summary>Says for whom the connection works, once: row-level security then lets it see that user's rows. 0 is the administration.</summary>
    public async Task ActForAsync(int userId)
    {
        if (IsPostgres)
            await ScalarAsync(
                "SELECT set_config('mailstore.user', $1, false), set_config('mailstore.administration', $2, false)",
                userId == 0 ? "" : userId.ToString(CultureInfo.InvariantCulture),
                userId == 0 ? "on" : "");
    }

    /// <summary>Begins a transaction that is written in.</summary>
    public async Task BeginAsync() =>
        transaction = connection is Microsoft.Data.Sqlite.SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: false)
            : await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);

    /// <summary>Begins a transaction whose statements all see one state.</summary>
    public async Task BeginReadAsync() =>
        transaction = connection is Microsoft.Data.Sqlite.SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);

    public async Task CommitAsync()
    {
        await transaction!.CommitAsync();
        await transaction.DisposeAsync();
        transaction = null;
    }

    /// <summary>A statement with its values, prepared when it is first asked for.</summary>
    public DbCommand Statement(string sql, params ReadOnlySpan<object> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            command.CommandTimeout = 300;
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(Parameter(command, i + 1, values[i]));
            command.Transaction = transaction;
            command.Prepare();
            prepared.Add(sql, command);
            return command;
        }

        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        return command;
    }

    public Task<int> ExecuteAsync(string sql, params ReadOnlySpan<object> values) => Statement(sql, values).ExecuteNonQueryAsync();

    public Task<object?> ScalarAsync(string sql, params ReadOnlySpan<object> values) => Statement(sql, values).ExecuteScalarAsync();

    public Task<DbDataReader> QueryAsync(string sql, params ReadOnlySpan<object> values) => Statement(sql, values).ExecuteReaderAsync();

    /// <summary>Runs statements that do not wait for each other's answers, where the driver can in one round trip.</summary>
    public async Task ExecuteAsync(IReadOnlyList<(string Sql, object[] Values)> statements)
    {
        if (connection is not NpgsqlConnection postgres)
        {
            foreach (var (sql, values) in statements)
                await ExecuteAsync(sql, values);
            return;
        }

        await using var batch = new NpgsqlBatch(postgres, (NpgsqlTransaction?)transaction);
        foreach (var (sql, values) in statements)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values)
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in prepared.Values)
            await command.DisposeAsync();
        await connection.DisposeAsync();
    }

    DbParameter Parameter(DbCommand command, int number, object value)
    {
        var parameter = command.CreateParameter();
        if (!IsPostgres)
            parameter.ParameterName = $"${number}";
        parameter.Value = value;
        return parameter;
    }
}
