namespace Backend.Abstractions.Fetch;

/// <summary>One BODY[section]&lt;partial&gt; that FETCH asks for. RFC 9051 §6.4.5.</summary>
/// <param name="Section">Which section.</param>
/// <param name="Partial">Which stretch of its octets, or null for all.</param>
public sealed record SectionItem(Section Section, SectionPartial? Partial = null)
{
    /// <summary>
    /// Whether the part's octets are wanted without their content transfer encoding; the partial counts from there. Only of an
    /// <see cref="IBinaryMailbox"/>, and only where <see cref="Section"/> names a whole message or part. RFC 9051 §6.4.5 (BINARY); RFC 3516 §4.2.
    /// </summary>
    public bool IsDecoded { get; init; }
}
