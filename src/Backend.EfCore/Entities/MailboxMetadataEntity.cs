namespace Backend.EfCore.Entities;

/// <summary>An annotation of a mailbox. RFC 5464 §3.</summary>
sealed class MailboxMetadataEntity
{
    /// <summary>The <see cref="MailboxId"/> of annotations of the server.</summary>
    public const int Server = 0;

    public int UserId { get; set; }

    /// <summary>The mailbox, or <see cref="Server"/>.</summary>
    public int MailboxId { get; set; }

    /// <summary>The name in lower case.</summary>
    public required string Entry { get; set; }

    public required byte[] Value { get; set; }
}
