namespace Postgres.Testing;

/// <summary>The server that the environment names.</summary>
sealed class NamedServer(string connectionString) : PostgresServer
{
    public override string Description => $"the server of {Variable}";

    protected override string ConnectionString => connectionString;

    public override async ValueTask DisposeAsync()
    {
        await DropRoleAsync();
        await base.DisposeAsync();
    }
}
