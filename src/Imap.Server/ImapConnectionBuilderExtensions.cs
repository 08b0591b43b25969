using Imap.Server.Connection;
using Microsoft.AspNetCore.Connections;

namespace Imap.Server;

/// <summary>Puts IMAP on an endpoint.</summary>
public static class ImapConnectionBuilderExtensions
{
    /// <summary>
    /// Speaks IMAP on the connections of this endpoint, such as Kestrel's <c>ListenOptions</c>; behind <c>UseHttps</c> it is IMAP over
    /// TLS (RFC 8314 §3.2). Needs <see cref="ImapServiceCollectionExtensions.AddImapServer"/>.
    /// </summary>
    public static IConnectionBuilder UseImap(this IConnectionBuilder builder) => builder.UseConnectionHandler<ImapConnectionHandler>();
}
