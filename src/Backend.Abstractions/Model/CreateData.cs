namespace Backend.Abstractions.Model;

/// <summary>The mailbox that was created.</summary>
/// <param name="MailboxId">What names it for good; null in a store whose mailboxes are no <see cref="IMailboxIds"/>. RFC 8474 §4.1.</param>
public sealed record CreateData(MailboxId? MailboxId);
