using System.Globalization;
using System.Net;
using Backend.EfCore;
using Backend.EfCore.Postgres;
using Imap.Specification.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Postgres.Testing;

namespace Imap.Server.Tests;

/// <summary>The server on a store in a PostgreSQL database of its own, for the suites.</summary>
public sealed class PostgresServerFixture(TestServer tests) : IImapFixture, IAsyncLifetime
{
    PostgresServer? server;
    string connectionString = "";
    WebApplication? application;
    IPEndPoint? endPoint;
    int users;

    public IPEndPoint EndPoint
    {
        get
        {
            Assert.SkipWhen(server is null, tests.Missing ?? "");
            return endPoint ?? throw new InvalidOperationException("The server has not started.");
        }
    }

    public IServiceProvider Services => application?.Services ?? throw new InvalidOperationException("The server has not started.");

    public async Task<ImapAccount> AddUserAsync()
    {
        Assert.SkipWhen(server is null, tests.Missing ?? "");
        var account = new ImapAccount($"user{Interlocked.Increment(ref users).ToString(CultureInfo.InvariantCulture)}", "secret");
        await Services.GetRequiredService<IUserDirectory>().AddUserAsync(account.Username, account.Password, CancellationToken.None);
        return account;
    }

    public async Task<ImapAccount> AddUserAsync(string tenant)
    {
        Assert.SkipWhen(server is null, tests.Missing ?? "");
        var account = new ImapAccount($"user{Interlocked.Increment(ref users).ToString(CultureInfo.InvariantCulture)}", "secret");
        await ImapTestServer.AddUserAsync(Services.GetRequiredService<IUserDirectory>(), Services.GetRequiredService<ITenantDirectory>(), account, tenant);
        return account;
    }

    public Task MakeAdministratorAsync(string username) => Services.GetRequiredService<IUserDirectory>().SetAdministratorAsync(username, true, CancellationToken.None);

    public async ValueTask InitializeAsync()
    {
        server = await tests.TryStartAsync();
        if (server is null)
            return;
        connectionString = server.ForNewDatabase();
        (application, endPoint) = await BuildAsync();
    }

    /// <summary>Starts a second server on the same database, as another program does.</summary>
    public async Task<(WebApplication Application, IPEndPoint EndPoint)> StartSecondAsync()
    {
        Assert.SkipWhen(server is null, tests.Missing ?? "");
        return await BuildAsync();
    }

    Task<(WebApplication Application, IPEndPoint EndPoint)> BuildAsync() => ImapTestServer.BuildAsync(services =>
    {
        services.AddMailStore(store => store.UsePostgres(connectionString));
        services.AddImapServer();
    });

    public async ValueTask DisposeAsync()
    {
        if (application is not null)
            await application.DisposeAsync();
        if (server is not null)
            await server.DropAsync(connectionString);
    }
}
