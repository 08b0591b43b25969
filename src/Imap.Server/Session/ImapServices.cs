using Imap.Server.Diagnostics;
using Imap.Server.Logins;
using Imap.Server.Registry;
using Imap.Server.Tls;
using Imap.Server.Tokens;
using Microsoft.Extensions.Options;

namespace Imap.Server.Session;

/// <summary>What all connections of a server share.</summary>
sealed class ImapServices(
    IBackend backend, IUpdater updater, ImapRegistry registry, IOptions<ImapServerOptions> options, ServerCertificates certificates, LoginDesk logins, TimeProvider time, ImapMetrics metrics,
    ITokenValidator? tokens = null)
{
    public IBackend Backend { get; } = backend;

    public IUpdater Updater { get; } = updater;

    public ImapRegistry Registry { get; } = registry;

    public ImapServerOptions Options { get; } = options.Value;

    public ServerCertificates Certificates { get; } = certificates;

    public LoginDesk Logins { get; } = logins;

    /// <summary>Judges tokens; null where passwords alone are taken.</summary>
    public ITokenValidator? Tokens { get; } = tokens;

    public OpenConnections Connections { get; } = new(options.Value);

    public TimeProvider Time { get; } = time;

    public ImapMetrics Metrics { get; } = metrics;
}
