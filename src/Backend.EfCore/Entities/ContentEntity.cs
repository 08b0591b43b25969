namespace Backend.EfCore.Entities;

/// <summary>What a message says, immutable and shared by all its copies. Its octets are in <see cref="ContentChunkEntity"/>.</summary>
sealed class ContentEntity
{
    public int UserId { get; set; }

    /// <summary>The mailbox number and UID that it was appended with: <c>mailbox &lt;&lt; 32 | uid</c>, unique for ever since neither is used again.</summary>
    public long ContentId { get; set; }

    /// <summary>The EMAILID that it has from whom it was copied from; null where it came here first, and has one of its own. RFC 8474 §5.1.</summary>
    public string? Origin { get; set; }

    public long Size { get; set; }

    /// <summary>The day of the Date field, in days since 0001-01-01, disregarding time and zone; null where it is unreadable.</summary>
    public int? SentDay { get; set; }

    /// <summary>The Date field as seconds since 1970 in UTC; null where it is unreadable.</summary>
    public long? SentDate { get; set; }

    public string? MessageId { get; set; }

    /// <summary>Folded by i;unicode-casemap, as <see cref="From"/>, <see cref="To"/> and <see cref="Cc"/>.</summary>
    public required string Subject { get; set; }

    public required string From { get; set; }

    public required string To { get; set; }

    public required string Cc { get; set; }

    /// <summary>ENVELOPE, ready to send.</summary>
    public required byte[] Envelope { get; set; }

    /// <summary>BODYSTRUCTURE, ready to send.</summary>
    public required byte[] BodyStructure { get; set; }

    /// <summary>Where each part stands: an encoded <see cref="Mime.MessageLayout"/>.</summary>
    public required byte[] Layout { get; set; }

    /// <summary>The header fields that clients ask for, as they stand in the message.</summary>
    public required byte[] HeaderFields { get; set; }

    public required string Preview { get; set; }

    /// <summary>False when the folded texts are only the beginning: then the message itself decides about a search.</summary>
    public bool IsTextComplete { get; set; }
}
