namespace Backend.Abstractions.Capabilities;

/// <summary>A mailbox that can put a new message in the place of another without a moment in which both are there, or neither. RFC 8508.</summary>
public interface IReplaceMailbox : IMailbox
{
    /// <summary>
    /// Appends a message to a mailbox, which may be this one, and removes one of this mailbox for good, whether or not it is marked \Deleted: both or
    /// neither. The new message has nothing of the old one's flags or date. What quotas allow is judged by what it comes to in the end. When the
    /// body throws, nothing is done and its exception comes out; nothing of the store may be held meanwhile. RFC 8508 §3.4.
    /// </summary>
    /// <param name="uid">The message that goes.</param>
    /// <param name="destination">Where the new one is appended.</param>
    /// <param name="message">The new one.</param>
    /// <param name="cancellationToken">Gives up; it may be done nonetheless if it was committed by then.</param>
    /// <exception cref="BackendException"><see cref="BackendError.Expunged"/>: the message is not there;
    /// <see cref="BackendError.NoSuchMailbox"/>, <see cref="BackendError.NotSelectable"/>: the destination; what
    /// <see cref="IMailbox.CreateMessageAsync"/> refuses.</exception>
    Task<ReplaceData> ReplaceMessageAsync(Uid uid, MailboxName destination, NewMessage message, CancellationToken cancellationToken);
}
