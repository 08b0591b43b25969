using Backend.Benchmarks.Plain;
using Backend.EfCore;
using Backend.EfCore.Postgres;
using Npgsql;
using Postgres.Testing;

namespace Backend.Benchmarks.Engines;

/// <summary>A database on the PostgreSQL server that the tests would take, but one that flushes its commits to disk.</summary>
sealed class PostgresDatabase : BenchmarkDatabase
{
    readonly PostgresServer server;
    readonly string connectionString;

    PostgresDatabase(PostgresServer server) => (this.server, connectionString) = (server, server.ForNewDatabase());

    public override string Description => server.Description;

    public static async Task<PostgresDatabase> StartAsync() => new(await PostgresServer.StartAsync(durable: true, CancellationToken.None));

    public override void Configure(MailStoreOptions options) => options.UsePostgres(connectionString);

    public override async Task<PlainConnection> OpenAsync()
    {
        // Statements that stand in a batch cannot be prepared for good; this prepares them as the store's are.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 200, AutoPrepareMinUsages = 2, Pooling = false };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        return new PlainConnection(connection);
    }

    public override async Task SettleAsync()
    {
        await using var connection = new NpgsqlConnection(server.AsAdministrator(connectionString));
        await connection.OpenAsync();
        await ExecuteAsync(connection, "VACUUM ANALYZE");
        await ExecuteAsync(connection, "CHECKPOINT");
    }

    public override async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await server.DropAsync(connectionString);
        await server.DisposeAsync();
    }
}
