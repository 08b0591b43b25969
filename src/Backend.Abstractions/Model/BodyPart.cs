namespace Backend.Abstractions.Model;

/// <summary>
/// A part of a <see cref="BodyStructure"/>: a closed family of four forms. Texts are the header's own. RFC 9051 §7.5.2, §9 (body).
/// </summary>
public abstract record BodyPart
{
    private protected BodyPart()
    {
    }

    /// <summary>The media subtype, as in <c>PLAIN</c>.</summary>
    public required string Subtype { get; init; }

    /// <summary>The parameters of the Content-Type field in order.</summary>
    public ImmutableArray<BodyParameter> Parameters { get; init; } = [];

    /// <summary>The Content-Disposition field, or null. RFC 2183.</summary>
    public BodyDisposition? Disposition { get; init; }

    /// <summary>The tags of the Content-Language field.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>The Content-Location field, or null.</summary>
    public string? Location { get; init; }

    /// <summary>A part that holds parts.</summary>
    public sealed record Multipart : BodyPart
    {
        /// <summary>The parts; at least one, for the grammar has no form for none.</summary>
        public required ImmutableArray<BodyPart> Parts { get; init; }
    }

    /// <summary>A part without parts: the fields that all of them have.</summary>
    public abstract record Single : BodyPart
    {
        private protected Single()
        {
        }

        /// <summary>The media type, as in <c>IMAGE</c>.</summary>
        public required string MediaType { get; init; }

        /// <summary>The Content-ID field, or null.</summary>
        public string? Id { get; init; }

        /// <summary>The Content-Description field, or null.</summary>
        public string? Description { get; init; }

        /// <summary>The Content-Transfer-Encoding field; <c>7BIT</c> where the header has none.</summary>
        public required string Encoding { get; init; }

        /// <summary>The size of the body in octets, as it is transferred.</summary>
        public required long Size { get; init; }

        /// <summary>The Content-MD5 field, or null.</summary>
        public string? Md5 { get; init; }
    }

    /// <summary>A part of any media type but text and message/rfc822.</summary>
    public sealed record Basic : Single;

    /// <summary>A part of media type text.</summary>
    public sealed record Text : Single
    {
        /// <summary>The size of the body in lines, as it is transferred.</summary>
        public required long Lines { get; init; }
    }

    /// <summary>A message/rfc822 or message/global part: a message within the message.</summary>
    public sealed record Message : Single
    {
        /// <summary>The envelope of the message within.</summary>
        public required EnvelopeFields Envelope { get; init; }

        /// <summary>The structure of the message within.</summary>
        public required BodyPart Body { get; init; }

        /// <summary>The size of the body in lines, as it is transferred.</summary>
        public required long Lines { get; init; }
    }
}
