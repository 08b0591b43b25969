namespace Backend.Abstractions.Capabilities;

/// <summary>A mailbox that can move messages without a moment in which they are in both mailboxes or in none. RFC 6851.</summary>
public interface IMoveMailbox : IMailbox
{
    /// <summary>
    /// Moves messages to the end of another mailbox, all or none, with flags and internal date, and \Recent set. They are never seen
    /// with \Deleted on the way. Moving to the same mailbox gives each a new UID. RFC 6851 §3.3; RFC 9051 §6.4.8.
    /// </summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchMailbox"/>, <see cref="BackendError.NotSelectable"/>: the destination;
    /// <see cref="BackendError.Limit"/>: no UIDs left in it.</exception>
    Task<MoveData> MoveMessagesAsync(NumberSet messages, MailboxName destination, CancellationToken cancellationToken);
}
