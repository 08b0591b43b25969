namespace Backend.EfCore.Entities;

/// <summary>What happened to the messages of a <see cref="MailboxChangeEntity"/>.</summary>
enum MailboxChangeKind
{
    Flags = 0,
    Expunged = 1,
}
