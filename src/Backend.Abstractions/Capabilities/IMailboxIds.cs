namespace Backend.Abstractions.Capabilities;

/// <summary>
/// A mailbox of a store whose mailboxes have ids. Such a store tells them in <see cref="CreateData"/> and, when asked for, in
/// <see cref="MailboxStatus"/> too. RFC 8474 §4.
/// </summary>
public interface IMailboxIds : IMailbox
{
    /// <summary>The mailbox's id. It stays the same for as long as the mailbox is there, also when it is renamed, and no other mailbox ever has it.</summary>
    MailboxId Id { get; }
}
