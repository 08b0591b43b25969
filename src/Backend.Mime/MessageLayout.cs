using Backend.Mime.Structure;

namespace Backend.Mime;

/// <summary>
/// Where the header and the body of each part of a message stand, so that any section is a range of its octets and is never parsed
/// again. Immutable. RFC 9051 §6.4.5.1.
/// </summary>
public sealed class MessageLayout
{
    readonly LayoutPart root;

    internal MessageLayout(LayoutPart root) => this.root = root;

    /// <summary>Octets of the whole message.</summary>
    public long Size => root.Body.End;

    internal LayoutPart Root => root;

    /// <summary>The layout in a compact form for a store to keep.</summary>
    public byte[] Encode() => LayoutCodec.Encode(root);

    /// <summary>A layout in the form that <see cref="Encode"/> gave.</summary>
    /// <exception cref="FormatException">The octets are no layout.</exception>
    public static MessageLayout Decode(ReadOnlySpan<byte> encoded) => new(LayoutCodec.Decode(encoded));

    /// <summary>
    /// Where the section's octets stand; for HEADER.FIELDS and HEADER.FIELDS.NOT the header out of which
    /// <see cref="HeaderFields.Select"/> takes them. RFC 9051 §6.4.5.1.
    /// </summary>
    /// <returns>The range, which may be empty; null where the message has no such part, or the part no such text.</returns>
    public OctetRange? Find(Section section)
    {
        if (section.Part.IsEmpty)
            return section.Text switch
            {
                SectionText.Whole => new OctetRange(0, Size),
                SectionText.Text => root.Body,
                SectionText.Mime => null,
                _ => root.Header,
            };

        return FindPart(section.Part.AsSpan()) is not { } part ? null : section.Text switch
        {
            SectionText.Whole => part.Body,
            SectionText.Mime => part.Header,
            SectionText.Text => part.Message?.Body,
            _ => part.Message?.Header,
        };
    }

    LayoutPart? FindPart(ReadOnlySpan<int> numbers)
    {
        // A message's part 1 is its body, unless that is a multipart, whose parts the message's numbers then are.
        var part = root.InMessage(numbers[0]);
        foreach (var number in numbers[1..])
        {
            if (part is null)
                return null;
            part = part.Message is { } message ? message.InMessage(number) : part.Child(number);
        }

        return part;
    }
}
