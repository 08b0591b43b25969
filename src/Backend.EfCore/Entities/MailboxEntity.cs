namespace Backend.EfCore.Entities;

/// <summary>A mailbox, or a \Noselect name that is there for its inferiors. The row whose lock orders all changes in the mailbox.</summary>
sealed class MailboxEntity
{
    public int UserId { get; set; }

    /// <summary>Numbered per user, never used again.</summary>
    public int MailboxId { get; set; }

    public required string Name { get; set; }

    /// <summary>False for a \Noselect name, which has no messages.</summary>
    public bool Selectable { get; set; } = true;

    public SpecialUse SpecialUse { get; set; }

    public long UidValidity { get; set; }

    public long UidNext { get; set; }

    public long HighestModSeq { get; set; }

    public long Messages { get; set; }

    public long Unseen { get; set; }

    public long Deleted { get; set; }

    public long Bytes { get; set; }

    /// <summary>The UID up to which \Recent has been given to a session.</summary>
    public long RecentUid { get; set; }

    /// <summary>The modification sequence up to which the log of changes has been pruned: 0 when it is whole.</summary>
    public long PrunedModSeq { get; set; }
}
