using Imap.Server.Registry;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>UID. RFC 9051 §6.4.5.</summary>
sealed class UidItem : FetchItem
{
    public override object Identity => typeof(UidItem);

    public override ValueTask WriteAsync(ImapWriter writer, Message message, Octets? content, CancellationToken cancellationToken)
    {
        writer.Octets("UID "u8).Number(message.Uid.Value);
        return default;
    }
}
