namespace Backend.Abstractions.Model;

/// <summary>Whose a mailbox is that somebody else has opened.</summary>
/// <param name="Owner">The owner's login name, for whom updates of the mailbox are published (<see cref="Update.Username"/>).</param>
/// <param name="Name">The mailbox's name as its owner sees it, under which they are published (<see cref="Update.Mailbox"/>).</param>
public sealed record SharedMailbox(string Owner, MailboxName Name);
