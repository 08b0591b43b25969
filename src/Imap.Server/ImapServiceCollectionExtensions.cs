using Imap.Server.Connection;
using Imap.Server.Diagnostics;
using Imap.Server.Extensions;
using Imap.Server.Logins;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Tls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Imap.Server;

/// <summary>Adds the IMAP server to a host.</summary>
public static class ImapServiceCollectionExtensions
{
    /// <summary>
    /// Adds what <see cref="ImapConnectionBuilderExtensions.UseImap"/> needs. The host brings the <c>IBackend</c> and the
    /// <c>IUpdater</c>, and may bring a <see cref="TimeProvider"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddImapServer(this IServiceCollection services, Action<ImapServerOptions>? configure = null)
    {
        var options = services.AddOptions<ImapServerOptions>().ValidateDataAnnotations().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<ImapMetrics>();
        services.TryAddSingleton(static provider => new ImapRegistry(ImapExtensions.BuiltIn, provider.GetRequiredService<IBackend>(), provider.GetRequiredService<IOptions<ImapServerOptions>>().Value));
        services.TryAddSingleton<ServerCertificates>();
        services.TryAddSingleton<LoginDesk>();
        services.TryAddSingleton<ImapServices>();
        services.TryAddSingleton<ImapConnectionHandler>();
        return services;
    }
}
