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
        var isCounted = false;
        try
        {
            if (Interlocked.Increment(ref open) > services.Options.MaxConnections)
                await RefuseAsync(connection, services.Options.MaxConnections, "Too many connections are open; try again later.");
            else if (!(isCounted = services.Connections.TryEnter(connection.RemoteEndPoint)))
                await RefuseAsync(connection, services.Options.MaxConnectionsPerAddress, "Too many connections are open from your address; close one or try again later.");
            else
                await new ImapConnection(connection, services, logger).RunAsync();
        }
        finally
        {
            Interlocked.Decrement(ref open);
            if (isCounted)
                services.Connections.Leave(connection.RemoteEndPoint);
            services.Metrics.ConnectionClosed();
        }
    }

    // RFC 9051 §7.1.5: BYE as a greeting.
    async Task RefuseAsync(ConnectionContext connection, int limit, string text)
    {
        logger.Refused(connection.RemoteEndPoint, limit);
        // Where the client waits for a handshake it would not understand, and one costs more than the server has to give now.
        if (connection.Features.Get<ImplicitTls>() is null)
            await connection.Transport.Output.WriteAsync(Encoding.ASCII.GetBytes($"* BYE [LIMIT] {text}\r\n"));
    }
}
