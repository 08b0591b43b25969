namespace Backend.Abstractions.Fetch;

/// <summary>What was asked of one message. What was not asked for is null. RFC 9051 §7.5.2 (FETCH).</summary>
public sealed record Message
{
    /// <summary>The message's UID, always there.</summary>
    public required Uid Uid { get; init; }

    /// <summary>Its sequence number when it was listed; there when the request named messages by a <see cref="SequenceSet"/>.</summary>
    public SequenceNumber? SequenceNumber { get; init; }

    /// <summary>Its flags, \Recent among them where it is recent to this handle.</summary>
    public FlagSet? Flags { get; init; }

    /// <summary>When it arrived, with the offset from UTC it was given with.</summary>
    public DateTimeOffset? InternalDate { get; init; }

    /// <summary>RFC822.SIZE: octets of the whole message.</summary>
    public long? Size { get; init; }

    /// <summary>The envelope structure.</summary>
    public Envelope? Envelope { get; init; }

    /// <summary>The MIME structure.</summary>
    public BodyStructure? BodyStructure { get; init; }

    /// <summary>The modification sequence of its last change.</summary>
    public ModSeq? ModSeq { get; init; }

    /// <summary>When it came into this mailbox, in UTC, to the second. RFC 8514 §3.</summary>
    public DateTimeOffset? SaveDate { get; init; }

    /// <summary>The beginning of its text in one line; empty where it has none that could be shown. RFC 8970 §3.2.</summary>
    public string? Preview { get; init; }

    /// <summary>
    /// Identifies the octets: all copies of a message that a user has share it, and no other message has it, ever. RFC 8474 §5.1.
    /// </summary>
    public string? EmailId { get; init; }

    /// <summary>Identifies the messages that belong together; it never changes. RFC 8474 §5.2.</summary>
    public string? ThreadId { get; init; }

    /// <summary>The sections in the order asked for.</summary>
    public ImmutableArray<FetchedSection> Sections { get; init; } = [];
}
