using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Backend.EfCore.Sqlite;

/// <summary>
/// Sets up each connection, and leaves it open for as long as its context is in the pool: to open one again takes longer than most queries, since
/// EF Core's functions are defined anew each time. synchronous=FULL: a commit is on disk when it returns.
/// </summary>
sealed class SqliteConnectionInterceptor : DbConnectionInterceptor
{
    const string Setup = """
        PRAGMA busy_timeout = 10000;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -16384;
        PRAGMA mmap_size = 268435456;
        PRAGMA journal_size_limit = 67108864;
        """;

    static readonly ConditionalWeakTable<sqlite3, object> Known = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => SetUp((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        SetUp((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

    public override ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        ValueTask.FromResult(InterceptionResult.Suppress());

    static void SetUp(SqliteConnection connection)
    {
        if (connection.Handle is not { } handle || Known.TryGetValue(handle, out _))
            return;
        using var command = connection.CreateCommand();
        command.CommandText = Setup;
        command.ExecuteNonQuery();
        Known.TryAdd(handle, Known);
    }
}
