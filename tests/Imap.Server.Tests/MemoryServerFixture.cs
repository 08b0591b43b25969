using System.Globalization;
using System.Net;
using Imap.Specification.Tests;

namespace Imap.Server.Tests;

/// <summary>The server on the store in memory, for the suites.</summary>
public sealed class MemoryServerFixture : IImapFixture, IAsyncLifetime
{
    ImapTestServer? server;
    int users;

    public IPEndPoint EndPoint => Server.EndPoint;

    ImapTestServer Server => server ?? throw new InvalidOperationException("The server has not started.");

    public async Task<ImapAccount> AddUserAsync()
    {
        var account = new ImapAccount($"user{Interlocked.Increment(ref users).ToString(CultureInfo.InvariantCulture)}", "secret");
        await Server.Store.AddUserAsync(account.Username, account.Password, CancellationToken.None);
        return account;
    }

    public async Task<ImapAccount> AddUserAsync(string tenant)
    {
        var account = new ImapAccount($"user{Interlocked.Increment(ref users).ToString(CultureInfo.InvariantCulture)}", "secret");
        await ImapTestServer.AddUserAsync(Server.Store, Server.Store, account, tenant);
        return account;
    }

    public Task MakeAdministratorAsync(string username) => Server.Store.SetAdministratorAsync(username, true, CancellationToken.None);

    public async ValueTask InitializeAsync() => server = await ImapTestServer.StartAsync();

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? default;
}
