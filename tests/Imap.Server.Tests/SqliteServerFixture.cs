using System.Globalization;
using System.Net;
using Backend.EfCore;
using Backend.EfCore.Sqlite;
using Imap.Specification.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Imap.Server.Tests;

/// <summary>The server on a store in a SQLite file of its own, for the suites.</summary>
public sealed class SqliteServerFixture : IImapFixture, IAsyncLifetime
{
    readonly string directory = Directory.CreateTempSubdirectory("imap-server-tests-").FullName;
    WebApplication? application;
    IPEndPoint? endPoint;
    int users;

    public IPEndPoint EndPoint => endPoint ?? throw new InvalidOperationException("The server has not started.");

    public IServiceProvider Services => application?.Services ?? throw new InvalidOperationException("The server has not started.");

    public async Task<ImapAccount> AddUserAsync()
    {
        var account = new ImapAccount($"user{Interlocked.Increment(ref users).ToString(CultureInfo.InvariantCulture)}", "secret");
        await Services.GetRequiredService<IUserDirectory>().AddUserAsync(account.Username, account.Password, CancellationToken.None);
        return account;
    }

    public async Task<ImapAccount> AddUserAsync(string tenant)
    {
        var account = new ImapAccount($"user{Interlocked.Increment(ref users).ToString(CultureInfo.InvariantCulture)}", "secret");
        await ImapTestServer.AddUserAsync(Services.GetRequiredService<IUserDirectory>(), Services.GetRequiredService<ITenantDirectory>(), account, tenant);
        return account;
    }

    public Task MakeAdministratorAsync(string username) => Services.GetRequiredService<IUserDirectory>().SetAdministratorAsync(username, true, CancellationToken.None);

    public async ValueTask InitializeAsync()
    {
        (application, endPoint) = await ImapTestServer.BuildAsync(services =>
        {
            services.AddMailStore(store => store.UseSqlite($"Data Source={Path.Combine(directory, "mail.db")}"));
            services.AddImapServer();
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (application is not null)
            await application.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
