namespace Backend.Mime;

/// <summary>All that a store keeps of a message beside its octets. Immutable.</summary>
public sealed record ParsedMessage
{
    /// <summary>Octets of the whole message: RFC822.SIZE. RFC 9051 §2.3.4.</summary>
    public required long Size { get; init; }

    /// <summary>The envelope structure, ready to send. RFC 9051 §7.5.2 (ENVELOPE).</summary>
    public required Envelope Envelope { get; init; }

    /// <summary>The MIME structure, ready to send. RFC 9051 §7.5.2 (BODYSTRUCTURE).</summary>
    public required BodyStructure BodyStructure { get; init; }

    /// <summary>Where each section's octets stand.</summary>
    public required MessageLayout Layout { get; init; }

    /// <summary>
    /// The Date field; null where there is none that can be read. SENTBEFORE, SENTON and SENTSINCE look at its own day
    /// (<see cref="DateTimeOffset.Date"/>), disregarding time and zone. RFC 9051 §6.4.4.
    /// </summary>
    public DateTimeOffset? SentDate { get; init; }

    /// <summary>The Message-ID field as it stands, unfolded, with its angle brackets; null where there is none.</summary>
    public string? MessageId { get; init; }

    /// <summary>
    /// The header fields that clients ask for, as they stand and in their order, and an empty line: what
    /// <see cref="HeaderFields.Select"/> takes where <see cref="HeaderFields.CoveredByCommon"/> allows it. Empty (without even the
    /// empty line) where these fields have more than <see cref="HeaderFields.MaxCommonLength"/> octets: only the message itself can answer then.
    /// </summary>
    public required ReadOnlyMemory<byte> CommonHeaderFields { get; init; }

    /// <summary>The beginning of the message's text in one line of at most 200 characters. RFC 8970 §3.1.</summary>
    public required string Preview { get; init; }

    /// <summary>The texts that SEARCH looks into.</summary>
    public required FoldedText Text { get; init; }
}
