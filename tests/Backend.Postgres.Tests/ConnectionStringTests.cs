using Backend.EfCore.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Postgres.Testing;

namespace Backend.Postgres.Tests;

/// <summary>What a connection string leaves open is set; what it says is kept.</summary>
public sealed class ConnectionStringTests
{
    [Fact]
    public async Task What_it_leaves_open_is_set_to_what_suits_the_store()
    {
        var settings = await CompleteAsync("Host=localhost;Database=mailstore");

        Assert.Equal((200, 2, 50, true, "mailstore"), (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages, settings.MaxPoolSize, settings.NoResetOnClose, settings.ApplicationName));
    }

    [Fact]
    public async Task What_it_says_is_kept()
    {
        var settings = await CompleteAsync("Host=localhost;Database=mailstore;MaxAutoPrepare=0;Maximum Pool Size=7;No Reset On Close=false;Application Name=mine");

        Assert.Equal((0, 7, false, "mine"), (settings.MaxAutoPrepare, settings.MaxPoolSize, settings.NoResetOnClose, settings.ApplicationName));
    }

    static async Task<NpgsqlConnectionStringBuilder> CompleteAsync(string connectionString)
    {
        await using var server = new NoServer();
        await using var store = new PostgresStore(server, connectionString, isOwner: false);
        return new NpgsqlConnectionStringBuilder(await store.Internals.ReadAsync(Lease.ForStore, static (context, _) => Task.FromResult(context.Database.GetConnectionString()), PostgresStore.Token));
    }

    sealed class NoServer : PostgresServer
    {
        public override string Description => "none";

        protected override string ConnectionString => "";
    }
}
