using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions.Condstore;

/// <summary>SELECT (CONDSTORE): enables it with the mailbox that is opened. RFC 7162 §3.1.8.</summary>
sealed class CondstoreParameter : SelectParameter
{
    public override ValueTask PrepareAsync(ImapSession session, CancellationToken cancellationToken) => session.EnableAsync(CondstoreExtension.Name, cancellationToken);
}
