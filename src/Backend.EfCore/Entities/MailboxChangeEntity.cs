namespace Backend.EfCore.Entities;

/// <summary>One command's change in a mailbox: what a session that was not looking has to be told.</summary>
sealed class MailboxChangeEntity
{
    public int UserId { get; set; }

    public int MailboxId { get; set; }

    public long ModSeq { get; set; }

    public MailboxChangeKind Kind { get; set; }

    /// <summary>The UIDs as a sequence set.</summary>
    public required string Uids { get; set; }

    /// <summary>Seconds since 1970 in UTC: old rows are pruned.</summary>
    public long ChangedAt { get; set; }
}
