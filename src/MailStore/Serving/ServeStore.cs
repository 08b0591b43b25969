using System.Net.Sockets;
using System.Reflection;
using Backend.EfCore;
using Imap.Server;
using MailStore.Commands;
using MailStore.Configuration;
using MailStore.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MailStore.Serving;

/// <summary>Serves the store until the process is told to stop.</summary>
static class ServeStore
{
    /// <summary>Opens the store, listens, makes the first user where there is none, and waits.</summary>
    /// <exception cref="UsageException">The configuration is wrong.</exception>
    /// <exception cref="BackendException">The database cannot be used.</exception>
    /// <exception cref="IOException">An address cannot be listened on.</exception>
    public static async Task RunAsync(IConfiguration configuration, Terminal terminal, CancellationToken cancellationToken)
    {
        var settings = StoreSettings.Read(configuration);
        var addresses = ServerSettings.ReadListen(configuration);
        var (store, applied) = await OpenedStore.MigrateAsync(configuration, cancellationToken);
        await store.DisposeAsync();

        await using var server = await StartAsync(settings, addresses, configuration, cancellationToken);
        var logger = server.Services.GetRequiredService<ILoggerFactory>().CreateLogger("MailStore");
        foreach (var migration in applied)
            logger.MigrationApplied(migration);
        foreach (var advice in await server.Services.GetRequiredService<IMailStoreDatabase>().GetAdviceAsync(cancellationToken))
            logger.DatabaseAdvice(advice);
        var bound = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(static address => new Uri(address)).ToList();
        foreach (var (address, at) in addresses.Zip(bound))
            logger.Listening(at.Authority, address.IsTls ? "IMAP over TLS" : "IMAP");
        var options = server.Services.GetRequiredService<IOptions<ImapServerOptions>>().Value;
        Warn(logger, addresses, options);

        // Only now: on a port that is taken, nobody would have read the password.
        var first = new FirstStart(server.Services.GetRequiredService<IUserDirectory>(), server.Services.GetRequiredService<TimeProvider>());
        if (await first.RunAsync(cancellationToken) is var (username, password))
        {
            var (host, port) = addresses[0].ForClient(bound[0].Port);
            FirstStart.Tell(terminal, username, password, host, port, addresses[0].IsTls, options.TlsDevelopmentCertificate);
        }

        await server.WaitForShutdownAsync(cancellationToken);
        logger.Stopped();
    }

    static void Warn(ILogger logger, IReadOnlyList<ListenAddress> addresses, ImapServerOptions options)
    {
        foreach (var address in addresses.Where(static address => !address.IsLoopback && !address.IsTls))
            if (options.PlaintextLogins == PlaintextLogins.Always)
                logger.ListeningWithoutEncryption(address);
            else if (options.TlsCertificateFile is null)
                logger.ListeningForNobody(address);
    }

    static string Version => typeof(ServeStore).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    static async Task<WebApplication> StartAsync(StoreSettings settings, IReadOnlyList<ListenAddress> addresses, IConfiguration configuration, CancellationToken cancellationToken)
    {
        WebApplication? server = null;
        try
        {
            server = Composition.CreateServer(settings, addresses, configuration, Version);
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch (Exception exception)
        {
            if (server is not null)
                await server.DisposeAsync();
            if (exception is OptionsValidationException invalid)
                throw new UsageException($"The configuration is wrong: {string.Join(' ', invalid.Failures)}");
            if (exception is IOException or SocketException)
                throw new IOException($"Cannot listen on {string.Join(" and ", addresses)}: {Reason(exception)}", exception);
            throw;
        }
    }

    static string Reason(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is AddressInUseException || inner is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
                return "another program listens there. Stop it, or choose another address with --listen.";
            if (inner is SocketException { SocketErrorCode: SocketError.AccessDenied })
                return "ports below 1024 need a privilege. Choose another with --listen.";
            if (inner is SocketException { SocketErrorCode: SocketError.AddressNotAvailable })
                return "this machine has no such address. Choose another with --listen.";
        }

        return $"{exception.Message} Choose another address with --listen.";
    }
}
