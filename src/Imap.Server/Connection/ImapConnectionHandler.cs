using Imap.Server.Diagnostics;
using Imap.Server.Session;
using Microsoft.AspNetCore.Connections;

namespace Imap.Server.Connection;

/// <summary>Speaks IMAP on the connections that Kestrel accepts. It counts them; all else is <see cref="ImapConnection"/>'s.</summary>
sealed class ImapConnectionHandler(ImapServices services, ILogger<ImapConnection> logger) : ConnectionHandler
{
    int open;

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        services.Metrics.ConnectionOpened();
        try
        {
            if (Interlocked.Increment(ref open) > services.Options.MaxConnections)
                await RefuseAsync(connection);
            else
                await new ImapConnection(connection, services, logger).RunAsync();
        }
        finally
        {
            Interlocked.Decrement(ref open);
            services.Metrics.ConnectionClosed();
        }
    }

    // RFC 9051 §7.1.5: BYE as a greeting.
    async Task RefuseAsync(ConnectionContext connection)
    {
        logger.Refused(connection.RemoteEndPoint, services.Options.MaxConnections);
        // Where the client waits for a handshake it would not understand, and one costs more than a server has to give now.
        if (connection.Features.Get<ImplicitTls>() is not null)
            connection.Abort();
        else
            await connection.Transport.Output.WriteAsync("* BYE [LIMIT] Too many connections are open; try again later.\r\n"u8.ToArray());
    }
}
