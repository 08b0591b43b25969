using Backend.Mime.Structure;

namespace Backend.Mime;

/// <summary>Sections of messages, octet by octet as they were appended. Thread-safe. RFC 9051 §6.4.5.</summary>
public static class SectionReader
{
    /// <summary>A section of a message in memory.</summary>
    /// <returns>The section's octets; null where the message has no such part.</returns>
    public static Octets? Read(ReadOnlyMemory<byte> message, MessageLayout layout, SectionItem item)
    {
        if (layout.Find(item.Section) is not { } range)
            return null;
        if (!IsFiltered(item.Section))
            return Octets.FromMemory(Slice(message, range.Cut(item.Partial)));
        return Select(Slice(message, range), item);
    }

    /// <summary>A section of a message in a seekable stream, which has to stay open while the octets are read.</summary>
    /// <returns>The section's octets; null where the message has no such part.</returns>
    public static async ValueTask<Octets?> ReadAsync(Stream message, MessageLayout layout, SectionItem item, CancellationToken cancellationToken)
    {
        if (layout.Find(item.Section) is not { } range)
            return null;
        if (!IsFiltered(item.Section))
            return new OctetsInStream(message, range.Cut(item.Partial));
        return Select(await new OctetsInStream(message, range).ToArrayAsync(cancellationToken), item);
    }

    /// <summary>What HEADER.FIELDS and HEADER.FIELDS.NOT give of a header; a partial counts from there. RFC 9051 §6.4.5.</summary>
    /// <param name="header">The octets of <see cref="MessageLayout.Find"/>.</param>
    /// <param name="item">The section and the partial.</param>
    public static Octets Select(ReadOnlyMemory<byte> header, SectionItem item)
    {
        var selected = HeaderFields.Select(header.Span, item.Section.Fields, item.Section.Text == SectionText.HeaderFieldsNot);
        return Octets.FromMemory(Slice(selected, new OctetRange(0, selected.Length).Cut(item.Partial)));
    }

    static bool IsFiltered(Section section) => section.Text is SectionText.HeaderFields or SectionText.HeaderFieldsNot;

    static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> message, OctetRange range) => message.Slice((int)range.Offset, (int)range.Length);
}
