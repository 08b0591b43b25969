namespace Backend.EfCore.Entities;

/// <summary>A keyword of a message that has no bit of its own.</summary>
sealed class MessageKeywordEntity
{
    public int UserId { get; set; }

    public int MailboxId { get; set; }

    public long Uid { get; set; }

    public int KeywordId { get; set; }
}
