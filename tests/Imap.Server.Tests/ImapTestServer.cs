using System.Net;
using System.Net.Sockets;
using Imap.Server.Tests.Memory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Imap.Server.Tests;

/// <summary>The server on a real port, on a store in memory.</summary>
public sealed class ImapTestServer : IAsyncDisposable
{
    readonly WebApplication application;

    ImapTestServer(WebApplication application, MemoryBackend backend)
    {
        (this.application, Backend) = (application, backend);
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        EndPoint = new IPEndPoint(IPAddress.Loopback, new Uri(address).Port);
    }

    public MemoryBackend Backend { get; }

    public IPEndPoint EndPoint { get; }

    public static async Task<ImapTestServer> StartAsync(Action<ImapServerOptions>? configure = null, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var backend = new MemoryBackend();
        builder.Services.AddSingleton<IBackend>(backend).AddSingleton<IUpdater>(backend);
        if (time is not null)
            builder.Services.AddSingleton(time);
        builder.Services.AddImapServer(configure);
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.UseImap()));
        var application = builder.Build();
        await application.StartAsync();
        return new ImapTestServer(application, backend);
    }

    public async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(EndPoint);
        return socket;
    }

    public Task StopAsync(CancellationToken cancellationToken) => application.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync() => await application.DisposeAsync();
}
