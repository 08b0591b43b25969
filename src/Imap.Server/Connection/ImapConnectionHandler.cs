using Microsoft.AspNetCore.Connections;

namespace Imap.Server.Connection;

/// <summary>Speaks IMAP on a connection that Kestrel has accepted.</summary>
sealed class ImapConnectionHandler : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection) =>
        await connection.Transport.Output.WriteAsync("* BYE [UNAVAILABLE] No command is served yet.\r\n"u8.ToArray(), connection.ConnectionClosed);
}
