using Imap.Server.Registry;
using Imap.Server.Wire;

namespace Imap.Server.Session;

/// <summary>What a client wants to hear at any time, also when no command is in progress. RFC 5465 §3.</summary>
interface ISessionWatch
{
    /// <summary>What it wants to hear of the mailbox that it has selected.</summary>
    SelectedNews Selected { get; }

    /// <summary>Whether messages that are gone are told only where RFC 9051 §7.5.1 allows it. RFC 5465 §6.1.2.</summary>
    bool HoldsExpunges { get; }

    /// <summary>Takes a hint that something has happened.</summary>
    void Hear(Update update);

    /// <summary>Looks at everything the next time: a hint may have been lost.</summary>
    void LookAgain();

    /// <summary>Takes note of what a command of this client has changed, of which it need not hear. RFC 5465 §5.</summary>
    /// <param name="changed">The mailboxes.</param>
    /// <param name="code">What its answer says of messages that it has put somewhere.</param>
    void Own(IReadOnlyCollection<MailboxName> changed, ResponseCode? code);

    /// <summary>Takes note of what annotations this client has set, and to what. RFC 5465 §5.</summary>
    /// <param name="mailbox">The mailbox; null for the server.</param>
    /// <param name="entries">The annotations.</param>
    void OwnAnnotations(MailboxName? mailbox, IReadOnlyCollection<MetadataEntry> entries);

    /// <summary>What is told of a message that is new in the selected mailbox, once it has been announced. RFC 5465 §5.2.</summary>
    IReadOnlyList<FetchItem> ItemsFor(Uid uid);

    /// <summary>Tells what has happened to other mailboxes.</summary>
    ValueTask TellOthersAsync(CancellationToken cancellationToken);
}
