using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>A data item of FETCH. RFC 9051 §6.4.5.</summary>
abstract class FetchItem
{
    /// <summary>What it is: of two that are the same, one is enough.</summary>
    public virtual object Identity => this;

    /// <summary>What the backend has to tell of each message for it.</summary>
    public virtual FetchAttributes Attributes => FetchAttributes.None;

    /// <summary>The section that the backend has to give for it; null for none.</summary>
    public virtual SectionItem? Section => null;

    /// <summary>Whether asking for it marks the message as read. RFC 9051 §6.4.5 (BODY[]).</summary>
    public virtual bool SetsSeen => false;

    /// <summary>Called once before the answer, for an item that changes what the client is told from now on.</summary>
    public virtual ValueTask BeginAsync(ImapSession session, CancellationToken cancellationToken) => default;

    /// <summary>Writes its name and value.</summary>
    /// <param name="writer">To the client.</param>
    /// <param name="message">What the backend told.</param>
    /// <param name="content">The octets of <see cref="Section"/>, or null where the message has no such part.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract ValueTask WriteAsync(ImapWriter writer, Message message, Octets? content, CancellationToken cancellationToken);
}
