using System.Text;

namespace Backend.Abstractions.Fetch;

/// <summary>A section of a message: what stands between the brackets of BODY[...]. RFC 9051 §6.4.5, §9 (section-spec).</summary>
public sealed record Section
{
    /// <summary>The whole message: <c>BODY[]</c>.</summary>
    public static Section Whole { get; } = new();

    /// <summary>The part's number, outermost first: <c>4.2</c>; empty for the message itself. Each is 1 or more.</summary>
    public ImmutableArray<int> Part { get; init; } = [];

    /// <summary>Which text of it.</summary>
    public SectionText Text { get; init; }

    /// <summary>The field names of HEADER.FIELDS and HEADER.FIELDS.NOT, as the client wrote them.</summary>
    public ImmutableArray<string> Fields { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(Section? other) =>
        other is not null && Text == other.Text && Part.AsSpan().SequenceEqual(other.Part.AsSpan()) && Fields.AsSpan().SequenceEqual(other.Fields.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, Part.Length, Fields.Length);

    /// <summary>The section as the grammar writes it between the brackets.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().AppendJoin('.', Part);
        if (Text != SectionText.Whole)
            text.Append(Part.IsEmpty ? "" : ".").Append(Text switch
            {
                SectionText.Header => "HEADER",
                SectionText.HeaderFields => "HEADER.FIELDS",
                SectionText.HeaderFieldsNot => "HEADER.FIELDS.NOT",
                SectionText.Text => "TEXT",
                _ => "MIME",
            });
        return Fields.IsEmpty ? text.ToString() : text.Append(" (").AppendJoin(' ', Fields).Append(')').ToString();
    }
}
