namespace Backend.Abstractions.Updates;

/// <summary>A mailbox changed as a whole: messages came, or it was created, deleted, renamed or (un)subscribed.</summary>
public sealed class MailboxUpdate : Update
{
    /// <summary>Its state after the change; null when it is gone.</summary>
    public MailboxStatus? Status { get; init; }
}
