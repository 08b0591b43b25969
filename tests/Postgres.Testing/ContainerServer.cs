using DotNet.Testcontainers.Builders;
using Testcontainers.PostgreSql;

namespace Postgres.Testing;

/// <summary>A server in a container that goes when the tests end.</summary>
sealed class ContainerServer : PostgresServer
{
    const string Image = "postgres:15";

    readonly PostgreSqlContainer container;

    ContainerServer(PostgreSqlContainer container) => this.container = container;

    public override string Description => $"a container of {Image}";

    protected override string ConnectionString => container.GetConnectionString();

    /// <summary>Starts one; null where no Docker answers.</summary>
    public static async Task<ContainerServer?> TryStartAsync(CancellationToken cancellationToken)
    {
        PostgreSqlContainer container;
        try
        {
            container = new PostgreSqlBuilder(Image).WithCommand("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=300").Build();
        }
        catch (Exception exception) when (exception is DockerUnavailableException or ArgumentException)
        {
            return null;
        }

        await container.StartAsync(cancellationToken);
        return new ContainerServer(container);
    }

    public override async ValueTask DisposeAsync()
    {
        await container.DisposeAsync();
        await base.DisposeAsync();
    }
}
