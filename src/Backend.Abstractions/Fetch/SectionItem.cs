namespace Backend.Abstractions.Fetch;

/// <summary>One BODY[section]&lt;partial&gt; that FETCH asks for. RFC 9051 §6.4.5.</summary>
/// <param name="Section">Which section.</param>
/// <param name="Partial">Which stretch of its octets, or null for all.</param>
public sealed record SectionItem(Section Section, SectionPartial? Partial = null);
