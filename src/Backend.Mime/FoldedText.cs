namespace Backend.Mime;

/// <summary>
/// The texts of a message that SEARCH looks into: decoded (encoded-words, transfer encodings, charsets) and folded by
/// <see cref="CaseMap.Fold"/>, so that an ordinal substring match of a folded needle decides. They never hold U+0000, and no half
/// surrogate pairs. RFC 9051 §6.4.4; RFC 5051 §2.
/// </summary>
public sealed record FoldedText
{
    /// <summary>The most characters that <see cref="Body"/> has.</summary>
    public const int MaxBodyLength = 1_000_000;

    /// <summary>The most characters that <see cref="Header"/> and <see cref="PartHeader"/> have, each.</summary>
    public const int MaxHeaderLength = 1_000_000;

    /// <summary>The Subject; several fields of the name are joined by a line feed, here and below.</summary>
    public required string Subject { get; init; }

    /// <summary>The From field.</summary>
    public required string From { get; init; }

    /// <summary>The To field.</summary>
    public required string To { get; init; }

    /// <summary>The Cc field.</summary>
    public required string Cc { get; init; }

    /// <summary>
    /// Every field of the message's header, a line each: <c>"\nNAME:value"</c>, starting and ending with a line feed, so that
    /// <c>"\nNAME:"</c> finds the field. The value stands on one line without white space at its ends.
    /// </summary>
    public required string Header { get; init; }

    /// <summary>
    /// The fields of the headers of the parts, in the same form: what TEXT finds beside <see cref="Header"/> and <see cref="Body"/>,
    /// since it looks into MIME header fields too. A parameter in the encoding of RFC 2231 is there decoded as well.
    /// </summary>
    public required string PartHeader { get; init; }

    /// <summary>
    /// The text of the body: all text parts (those of attachments too, HTML as it stands), and of message/rfc822 parts the header
    /// fields and the bodies; separated by line feeds.
    /// </summary>
    public required string Body { get; init; }

    /// <summary>
    /// Whether the texts are whole. Where one has been cut at its maximum this is false: what is found in them is in the message, but
    /// what is not found may be in it too, and <see cref="BodySearch"/> has to look into the message itself.
    /// </summary>
    public required bool IsComplete { get; init; }
}
