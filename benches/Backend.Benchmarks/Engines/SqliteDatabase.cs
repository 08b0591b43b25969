using Backend.Benchmarks.Plain;
using Backend.EfCore;
using Backend.EfCore.Sqlite;
using Microsoft.Data.Sqlite;

namespace Backend.Benchmarks.Engines;

/// <summary>A SQLite file in the folder for temporary files.</summary>
sealed class SqliteDatabase : BenchmarkDatabase
{
    /// <summary>As the store has it: the same durability and the same memory.</summary>
    const string Setup = """
        PRAGMA busy_timeout = 10000;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -16384;
        PRAGMA mmap_size = 268435456;
        PRAGMA journal_size_limit = 67108864;
        """;

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mailstore-bench-");

    public override string Description => $"SQLite {SQLitePCL.raw.sqlite3_libversion().utf8_to_string()}";

    string ConnectionString => $"Data Source={Path.Combine(folder.FullName, "mail.db")}";

    public override void Configure(MailStoreOptions options) => options.UseSqlite(ConnectionString);

    public override async Task<PlainConnection> OpenAsync()
    {
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, Setup);
        return new PlainConnection(connection);
    }

    public override async Task SettleAsync()
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
