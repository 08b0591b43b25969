namespace Backend.Abstractions.Fetch;

/// <summary>Which text of a message or part a <see cref="Section"/> names. RFC 9051 §6.4.5 (BODY[section]), §9 (section-spec).</summary>
public enum SectionText
{
    /// <summary>All of it: the whole message, or the body of the part.</summary>
    Whole,

    /// <summary>The header of the message or of the message/rfc822 part, with the empty line that ends it.</summary>
    Header,

    /// <summary>The header's fields of the given names, with an empty line at the end.</summary>
    HeaderFields,

    /// <summary>The header's fields of all other names, with an empty line at the end.</summary>
    HeaderFieldsNot,

    /// <summary>The body of the message or of the message/rfc822 part, without its header.</summary>
    Text,

    /// <summary>The MIME header of the part; never of the message itself.</summary>
    Mime,
}
