using Xunit;

namespace Postgres.Testing;

/// <summary>
/// The one server of a test run, an assembly fixture, started when the first test asks for it. Without any the tests are skipped, but not in
/// CI, where nothing may be left out unseen.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    readonly SemaphoreSlim starting = new(1);
    PostgresServer? server;
    PostgresMissingException? missing;

    /// <summary>Why there is none; null before it was asked for.</summary>
    public string? Missing => missing?.Message;

    /// <summary>The server; skips the test where there is none.</summary>
    public async Task<PostgresServer> StartAsync()
    {
        var found = await TryStartAsync();
        Assert.SkipWhen(found is null, Missing ?? "");
        return found!;
    }

    /// <summary>The server; null where there is none.</summary>
    public async Task<PostgresServer?> TryStartAsync()
    {
        await starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (server is null && missing is null)
            {
                server = await PostgresServer.StartAsync(TestContext.Current.CancellationToken);
                TestContext.Current.SendDiagnosticMessage($"PostgreSQL is {server.Description}.");
            }
        }
        catch (PostgresMissingException exception)
        {
            missing = exception;
        }
        finally
        {
            starting.Release();
        }

        // Each test that wanted one fails, without looking for it again.
        if (missing is not null && Environment.GetEnvironmentVariable("CI") == "true")
            throw new PostgresMissingException(missing.InnerException);
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        starting.Dispose();
    }
}
