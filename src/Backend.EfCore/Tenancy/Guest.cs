namespace Backend.EfCore.Tenancy;

/// <summary>Somebody who has another user's mailbox in hand. One operation at a time.</summary>
/// <param name="userId">Who it is.</param>
/// <param name="mailboxId">The mailbox, of the owner's.</param>
sealed class Guest(int userId, int mailboxId)
{
    public int UserId => userId;

    public int MailboxId => mailboxId;

    /// <summary>The tenant that the guest was of a moment ago; 0 while nobody has looked.</summary>
    public int TenantId { get; set; }

    /// <summary>The rights as they were found last.</summary>
    public MailboxRights Rights { get; set; }

    /// <summary>The rights that the session has been told of.</summary>
    public MailboxRights ToldRights { get; set; }
}
