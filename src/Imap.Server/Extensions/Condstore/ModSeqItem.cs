using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Condstore;

/// <summary>FETCH MODSEQ. RFC 7162 §3.1.4.2.</summary>
sealed class ModSeqItem : FetchItem
{
    public override FetchAttributes Attributes => FetchAttributes.ModSeq;

    public override ValueTask BeginAsync(ImapSession session, CancellationToken cancellationToken) => session.EnableAsync(CondstoreExtension.Name, cancellationToken);

    public override ValueTask WriteAsync(ImapWriter writer, Message message, Octets? content, CancellationToken cancellationToken)
    {
        writer.Octets("MODSEQ ("u8).Number(message.ModSeq!.Value.Value).Octet(')');
        return default;
    }
}
