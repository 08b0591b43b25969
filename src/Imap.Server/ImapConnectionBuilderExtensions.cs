using Imap.Server.Connection;
using Microsoft.AspNetCore.Connections;

namespace Imap.Server;

/// <summary>Puts IMAP on an endpoint.</summary>
public static class ImapConnectionBuilderExtensions
{
    /// <summary>
    /// Speaks IMAP on the connections of this endpoint, such as Kestrel's <c>ListenOptions</c>, in clear and with STARTTLS where the server
    /// has a certificate (RFC 9051 §6.2.1). Needs <see cref="ImapServiceCollectionExtensions.AddImapServer"/>.
    /// </summary>
    public static IConnectionBuilder UseImap(this IConnectionBuilder builder) => builder.UseConnectionHandler<ImapConnectionHandler>();

    /// <summary>
    /// As <see cref="UseImap"/>, with TLS from the first octet on (RFC 8314 §3.2). The server has to have a certificate:
    /// <see cref="ImapServerOptions.TlsCertificateFile"/> or <see cref="ImapServerOptions.TlsDevelopmentCertificate"/>.
    /// </summary>
    public static IConnectionBuilder UseImapOverTls(this IConnectionBuilder builder) => builder
        .Use(static next => connection =>
        {
            connection.Features.Set(ImplicitTls.Mark);
            return next(connection);
        })
        .UseImap();
}
