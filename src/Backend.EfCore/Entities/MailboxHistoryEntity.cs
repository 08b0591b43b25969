namespace Backend.EfCore.Entities;

/// <summary>The highest that any mailbox of this name ever had, so that none is used again. RFC 9051 §6.3.5-6.3.6.</summary>
sealed class MailboxHistoryEntity
{
    public int UserId { get; set; }

    public required string Name { get; set; }

    public long UidValidity { get; set; }

    public long Uid { get; set; }
}
