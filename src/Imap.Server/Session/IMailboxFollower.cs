using Imap.Server.Registry;
using Imap.Server.Wire;

namespace Imap.Server.Session;

/// <summary>
/// Tells the client more about changes in the selected mailbox than that they happened. It lives as long as the mailbox is selected, and is asked in
/// this order: what was touched, a look at it, what is gone, and, once the client knows of all else, what has changed.
/// </summary>
interface IMailboxFollower
{
    /// <summary>Takes note that a message is new or has changed.</summary>
    void Touch(Uid uid);

    /// <summary>What is told of a message that is new to the client, once it has been announced. RFC 5465 §7.</summary>
    IReadOnlyList<FetchItem> ItemsFor(Uid uid);

    /// <summary>Looks at what was touched. Nothing is told yet.</summary>
    ValueTask LookAsync(CancellationToken cancellationToken);

    /// <summary>Tells of messages that are gone, while they have their sequence numbers still. RFC 5267 §4.3.4.</summary>
    void TellGone(UpdateWriter updates);

    /// <summary>Tells what came of the look, after EXISTS, EXPUNGE and FETCH. RFC 5267 §4.3.3.</summary>
    void TellChanged(UpdateWriter updates);
}
