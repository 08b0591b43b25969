namespace Backend.Abstractions.Fetch;

/// <summary>A stretch of a section's octets: <c>&lt;offset.count&gt;</c>. RFC 9051 §6.4.5.</summary>
/// <param name="Offset">Octets to leave out at the start, zero or more; behind the end of the section the answer is empty.</param>
/// <param name="Count">Octets at most, 1 or more; cut at the end of the section.</param>
public readonly record struct SectionPartial(long Offset, long Count);
