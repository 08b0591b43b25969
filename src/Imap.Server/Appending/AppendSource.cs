namespace Imap.Server.Appending;

/// <summary>Where the octets of a message of APPEND come from (append-data). RFC 4466 §2.5; RFC 9051 §9.</summary>
abstract class AppendSource
{
    /// <summary>
    /// Gives the message's octets piece by piece, each read to its end before the next is asked for, reading on in the command as it goes. When it is
    /// over, the command has been read up to what stands behind the message.
    /// </summary>
    /// <exception cref="ImapSyntaxException">The command is not as it should be.</exception>
    /// <exception cref="CommandRefusedException">There is no such message.</exception>
    public abstract IAsyncEnumerable<Stream> OpenAsync(ArrivingMessages messages, CancellationToken cancellationToken);
}
