namespace Backend.Mime;

/// <summary>A stretch of a message's octets.</summary>
/// <param name="Offset">The position of its first octet, counted from 0.</param>
/// <param name="Length">How many octets it has.</param>
public readonly record struct OctetRange(long Offset, long Length)
{
    /// <summary>The position behind its last octet.</summary>
    public long End => Offset + Length;

    /// <summary>
    /// The octets of the range that a partial fetch asks for: cut at the end of the range, empty where the partial starts behind it.
    /// RFC 9051 §6.4.5.
    /// </summary>
    /// <param name="partial">The partial; null for the whole range.</param>
    public OctetRange Cut(SectionPartial? partial)
    {
        if (partial is not { } cut)
            return this;
        var skipped = Math.Clamp(cut.Offset, 0, Length);
        return new OctetRange(Offset + skipped, Math.Clamp(cut.Count, 0, Length - skipped));
    }
}
