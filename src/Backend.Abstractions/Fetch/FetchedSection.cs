namespace Backend.Abstractions.Fetch;

/// <summary>The answer to one <see cref="SectionItem"/>.</summary>
/// <param name="Item">What was asked for.</param>
/// <param name="Content">The octets as they were appended, or null where the message has no such part (NIL on the wire). RFC 9051 §7.5.2.</param>
public sealed record FetchedSection(SectionItem Item, Octets? Content)
{
    /// <summary>
    /// Whether a decoded part was asked for whose encoding nobody knows, so that there is no <see cref="Content"/> though there is such a
    /// part. RFC 9051 §7.1 (UNKNOWN-CTE).
    /// </summary>
    public bool IsEncodingUnknown { get; init; }
}
