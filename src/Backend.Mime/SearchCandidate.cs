namespace Backend.Mime;

/// <summary>A message that <see cref="CriteriaMatcher"/> is asked about.</summary>
public sealed record SearchCandidate
{
    /// <summary>Its UID.</summary>
    public required Uid Uid { get; init; }

    /// <summary>Its sequence number at the moment of the search.</summary>
    public required SequenceNumber SequenceNumber { get; init; }

    /// <summary>The highest UID of the mailbox: what <c>*</c> stands for in a <see cref="UidSet"/>.</summary>
    public required Uid HighestUid { get; init; }

    /// <summary>The number of messages in the mailbox: what <c>*</c> stands for in a <see cref="SequenceSet"/>.</summary>
    public required SequenceNumber HighestSequenceNumber { get; init; }

    /// <summary>Its flags, \Recent among them where it is recent to whoever searches.</summary>
    public required FlagSet Flags { get; init; }

    /// <summary>Its internal date, with the zone it was given with.</summary>
    public required DateTimeOffset InternalDate { get; init; }

    /// <summary>When it came into the mailbox. RFC 8514 §2.</summary>
    public required DateTimeOffset SaveDate { get; init; }

    /// <summary>The modification sequence of its last change.</summary>
    public required ModSeq ModSeq { get; init; }

    /// <summary>The store's time when the search began: what its age is told by. RFC 5032 §2.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Its octets.</summary>
    public required long Size { get; init; }

    /// <summary>Its EMAILID. RFC 8474 §5.1.</summary>
    public string? EmailId { get; init; }

    /// <summary>Its THREADID. RFC 8474 §5.2.</summary>
    public string? ThreadId { get; init; }

    /// <summary>As <see cref="ParsedMessage.SentDate"/>.</summary>
    public DateTimeOffset? SentDate { get; init; }

    /// <summary>As <see cref="ParsedMessage.Text"/>.</summary>
    public required FoldedText Text { get; init; }

    /// <summary>Opens the message as a seekable stream, which the matcher disposes: asked only where <see cref="Text"/> is not complete.</summary>
    public required Func<CancellationToken, ValueTask<Stream>> OpenAsync { get; init; }
}
