using System.Data.Common;
using Backend.Benchmarks.Plain;
using Backend.EfCore;

namespace Backend.Benchmarks.Engines;

/// <summary>A database of the benchmarks' own, that goes with them.</summary>
abstract class BenchmarkDatabase : IAsyncDisposable
{
    /// <summary>What it is, for whoever reads the figures.</summary>
    public abstract string Description { get; }

    /// <summary>Makes one.</summary>
    public static async Task<BenchmarkDatabase> CreateAsync(Engine engine) =>
        engine == Engine.Sqlite ? new SqliteDatabase() : await PostgresDatabase.StartAsync();

    /// <summary>Puts the store on it.</summary>
    public abstract void Configure(MailStoreOptions options);

    /// <summary>Opens a connection for SQL written by hand, set up as the store sets up its own.</summary>
    public abstract Task<PlainConnection> OpenAsync();

    /// <summary>What an administrator does after a large import.</summary>
    public abstract Task SettleAsync();

    public abstract ValueTask DisposeAsync();

    protected static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }
}
