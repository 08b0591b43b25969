using Backend.Postgres.Tests;
using Postgres.Testing;

[assembly: AssemblyFixture(typeof(TestServer))]

namespace Backend.Postgres.Tests;

/// <summary>The one server of this run. Without any the tests are skipped, but not in CI, where nothing may be left out unseen.</summary>
public sealed class TestServer : IAsyncLifetime
{
    PostgresServer? server;
    string reason = "";

    /// <summary>The server; skips the test where there is none.</summary>
    public PostgresServer Server
    {
        get
        {
            Assert.SkipWhen(server is null, reason);
            return server!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        try
        {
            server = await PostgresServer.StartAsync(TestContext.Current.CancellationToken);
        }
        catch (PostgresMissingException missing) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            reason = missing.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }
}
