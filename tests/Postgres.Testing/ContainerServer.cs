using DotNet.Testcontainers.Builders;
using Testcontainers.PostgreSql;

namespace Postgres.Testing;

/// <summary>A server in a container that goes when the tests end.</summary>
sealed class ContainerServer : PostgresServer
{
    const string Image = "postgres:15";

    /// <summary>Enough to fetch the image, and an end where the registry cannot be reached.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    readonly PostgreSqlContainer container;

    ContainerServer(PostgreSqlContainer container) => this.container = container;

    public override string Description => $"a container of {Image}";

    protected override string ConnectionString => container.GetConnectionString();

    /// <summary>Starts one; null where no Docker answers.</summary>
    /// <param name="durable">Whether commits are flushed to disk, as in production.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">Docker answers, but takes too long.</exception>
    public static async Task<PostgresServer?> TryStartAsync(bool durable, CancellationToken cancellationToken)
    {
        PostgreSqlContainer container;
        string[] settings = ["-c", "max_connections=300", .. durable ? (string[])[] : ["-c", "fsync=off", "-c", "full_page_writes=off"]];
        try
        {
            container = new PostgreSqlBuilder(Image).WithCommand(settings).Build();
        }
        catch (Exception exception) when (exception is DockerUnavailableException or ArgumentException)
        {
            return null;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await container.StartAsync(patience.Token);
            var server = new ContainerServer(container);
            await server.PrepareTemplateAsync(patience.Token);
            return server;
        }
        catch (Exception exception)
        {
            await container.DisposeAsync();
            if (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                throw new TimeoutException($"Docker brings up no container of {Image} within {Patience.TotalMinutes:0} minutes.", exception);
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await container.DisposeAsync();
        await base.DisposeAsync();
    }
}
