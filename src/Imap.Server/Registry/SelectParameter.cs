using Imap.Server.Session;

namespace Imap.Server.Registry;

/// <summary>A parameter of SELECT and EXAMINE. RFC 4466 §2.1.</summary>
abstract class SelectParameter
{
    /// <summary>Called before the mailbox is opened, when none is selected any more.</summary>
    public virtual ValueTask PrepareAsync(ImapSession session, CancellationToken cancellationToken) => default;

    /// <summary>Called when the mailbox is selected and the client has been told of it.</summary>
    /// <param name="session">With the mailbox selected.</param>
    /// <param name="data">The mailbox as it was opened.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public virtual ValueTask OpenedAsync(ImapSession session, SelectData data, CancellationToken cancellationToken) => default;
}
