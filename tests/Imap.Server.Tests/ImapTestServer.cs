using System.Net;
using Backend.Memory;
using Imap.Server.Tests.Interception;
using Imap.Server.Tests.Logins;
using Imap.Server.Tokens;
using Imap.Specification.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Imap.Server.Tests;

/// <summary>The server on a real port, on a store in memory with one user: <c>user</c>, <c>secret</c>.</summary>
public sealed class ImapTestServer : IAsyncDisposable
{
    readonly WebApplication application;

    ImapTestServer(WebApplication application, IPEndPoint endPoint, MemoryBackend store, InterceptedBackend backend) =>
        (this.application, EndPoint, TlsEndPoint, Store, Backend) = (application, endPoint, EndPointsOf(application)[1], store, backend);

    public MemoryBackend Store { get; }

    /// <summary>What the server sees of the store.</summary>
    public InterceptedBackend Backend { get; }

    public IPEndPoint EndPoint { get; }

    /// <summary>Where TLS begins at once.</summary>
    public IPEndPoint TlsEndPoint { get; }

    public static async Task<ImapTestServer> StartAsync(Action<ImapServerOptions>? configure = null, TimeProvider? time = null, IUpdater? updater = null, ITokenValidator? tokens = null)
    {
        var store = new MemoryBackend(time);
        await store.AddUserAsync("user", "secret", CancellationToken.None);
        var backend = new InterceptedBackend(store);
        var (application, endPoint) = await BuildAsync(services =>
        {
            services.AddSingleton<IBackend>(backend).AddSingleton(updater ?? store);
            if (tokens is not null)
                services.AddSingleton(tokens);
            if (time is not null)
                services.AddSingleton(time);
            services.AddImapServer(configure);
        });
        return new ImapTestServer(application, endPoint, store, backend);
    }

    /// <summary>Starts Kestrel with IMAP on some port of the loopback.</summary>
    public static async Task<(WebApplication Application, IPEndPoint EndPoint)> BuildAsync(Action<IServiceCollection> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<ImapServerOptions>(static options => (options.TlsDevelopmentCertificate, options.FailedLoginDelay) = (true, TimeSpan.Zero));
        builder.Services.AddSingleton<ITokenValidator, TestTokens>();
        configure(builder.Services);
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.UseImap());
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.UseImapOverTls());
        });
        var application = builder.Build();
        if (application.Services.GetService<Backend.EfCore.IMailStoreDatabase>() is { } database)
            await database.MigrateAsync(CancellationToken.None);
        await application.StartAsync();
        return (application, EndPointsOf(application)[0]);
    }

    /// <summary>Adds a user to a tenant, which is made where it is missing.</summary>
    public static async Task AddUserAsync(IUserDirectory users, ITenantDirectory tenants, ImapAccount account, string tenant)
    {
        try
        {
            await tenants.AddTenantAsync(tenant, [], null, CancellationToken.None);
        }
        catch (BackendException exception) when (exception.Error == BackendError.TenantAlreadyExists)
        {
            // By an earlier user.
        }

        await users.AddUserAsync(account.Username, account.Password, tenant, CancellationToken.None);
    }

    /// <summary>Where IMAP is, and where IMAP over TLS.</summary>
    public static List<IPEndPoint> EndPointsOf(WebApplication application) =>
        [.. application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(static address => new IPEndPoint(IPAddress.Loopback, new Uri(address).Port))];

    /// <summary>A client that has read the greeting.</summary>
    public async Task<WireClient> ConnectAsync()
    {
        var client = await WireClient.ConnectAsync(EndPoint);
        Assert.StartsWith("* OK ", await client.ReadLineAsync(), StringComparison.Ordinal);
        return client;
    }

    /// <summary>A client that has logged in.</summary>
    public async Task<WireClient> LogInAsync()
    {
        var client = await ConnectAsync();
        Assert.StartsWith("login OK", (await client.CommandAsync("login", "LOGIN user secret"))[^1], StringComparison.Ordinal);
        return client;
    }

    /// <summary>A client that has selected INBOX.</summary>
    public async Task<WireClient> SelectAsync()
    {
        var client = await LogInAsync();
        Assert.StartsWith("select OK", (await client.CommandAsync("select", "SELECT INBOX"))[^1], StringComparison.Ordinal);
        return client;
    }

    /// <summary>Puts a message into INBOX, past the server.</summary>
    public async Task AppendAsync(byte[] message)
    {
        var user = await Store.OpenUserAsync("user", CancellationToken.None);
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, CancellationToken.None);
        await inbox.CreateMessageAsync(new MemoryStream(message), AppendOptions.Default, CancellationToken.None);
    }

    /// <summary>Stops the server as its host would.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => application.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync() => await application.DisposeAsync();
}
