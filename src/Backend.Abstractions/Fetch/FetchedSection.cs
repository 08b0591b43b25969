namespace Backend.Abstractions.Fetch;

/// <summary>The answer to one <see cref="SectionItem"/>.</summary>
/// <param name="Item">What was asked for.</param>
/// <param name="Content">The octets as they were appended, or null where the message has no such part (NIL on the wire). RFC 9051 §7.5.2.</param>
public sealed record FetchedSection(SectionItem Item, Octets? Content);
