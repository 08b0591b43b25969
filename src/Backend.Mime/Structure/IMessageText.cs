namespace Backend.Mime.Structure;

/// <summary>Takes the texts of a message while its structure is read.</summary>
interface IMessageText
{
    /// <summary>Whether the rest of the message need not be read for its texts.</summary>
    bool IsDone { get; }

    /// <summary>A field of the part's header.</summary>
    /// <param name="part">The part; of what is known of it only what the header has given so far.</param>
    /// <param name="field">The field.</param>
    /// <param name="isCut">Whether the field's octets end too early.</param>
    void Field(PartNode part, HeaderField field, bool isCut);

    /// <summary>The body of a text part begins.</summary>
    void BeginText(PartNode part);

    /// <summary>Octets of that body.</summary>
    void Text(ReadOnlySpan<byte> octets);

    /// <summary>That body ends.</summary>
    void EndText();
}
