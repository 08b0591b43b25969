namespace Backend.Mime.Grammar;

/// <summary>The Content-Type of a part. RFC 2045 §5.</summary>
sealed class MediaType
{
    const int MaxBoundaryLength = 1000;

    MediaType(string type, string subtype, ImmutableArray<Parameter> parameters)
    {
        Type = type;
        Subtype = subtype;
        Parameters = parameters;
        Delimiter = ReadDelimiter();
    }

    /// <summary>What is meant where the header says nothing. RFC 2045 §5.2.</summary>
    public static MediaType PlainText { get; } = new("TEXT", "PLAIN", [new Parameter("CHARSET", [.. "US-ASCII"u8])]);

    /// <summary>Octets of which nothing is known.</summary>
    public static MediaType OctetStream { get; } = new("APPLICATION", "OCTET-STREAM", []);

    static MediaType Message { get; } = new("MESSAGE", "RFC822", []);

    /// <summary>The type in upper case.</summary>
    public string Type { get; }

    /// <summary>The subtype in upper case.</summary>
    public string Subtype { get; }

    /// <summary>The parameters in order.</summary>
    public ImmutableArray<Parameter> Parameters { get; }

    /// <summary>Two hyphens and the boundary; null where the type has none. RFC 2046 §5.1.1.</summary>
    public byte[]? Delimiter { get; }

    public bool IsText => Type == "TEXT";

    public bool IsMultipart => Type == "MULTIPART";

    public bool IsMessage => Type == "MESSAGE" && Subtype is "RFC822" or "GLOBAL";

    public bool IsDigest => IsMultipart && Subtype == "DIGEST";

    /// <summary>The charset parameter, or null.</summary>
    public string? Charset => Parameter("charset") is { } charset ? Encoding.Latin1.GetString(charset).Trim() : null;

    /// <summary>Reads the field. One that cannot be read means the same as none. RFC 2045 §5.2.</summary>
    /// <param name="field">The unfolded field, or null.</param>
    /// <param name="isInDigest">Whether the part is in a multipart/digest, where none means message/rfc822. RFC 2046 §5.1.5.</param>
    public static MediaType Read(byte[]? field, bool isInDigest)
    {
        if (field is null)
            return isInDigest ? Message : PlainText;

        var reader = new FieldReader(field);
        reader.SkipComments();
        var type = Token(reader.TakeUntil("/; \t\r\n("u8));
        reader.SkipComments();
        var subtype = "";
        if (reader.TryTake((byte)'/'))
        {
            reader.SkipComments();
            subtype = Token(reader.TakeUntil("; \t\r\n("u8));
        }

        if (type.Length > 0 && subtype.Length > 0)
            return new MediaType(type, subtype, ParameterReader.Read(ref reader));
        return type switch
        {
            "TEXT" => new MediaType(type, "PLAIN", ParameterReader.Read(ref reader)),
            "MULTIPART" => new MediaType(type, "MIXED", ParameterReader.Read(ref reader)),
            _ => isInDigest ? Message : PlainText,
        };
    }

    byte[]? Parameter(string name) => Parameters.FirstOrDefault(parameter => parameter.Is(name))?.Value;

    byte[]? ReadDelimiter()
    {
        if (!IsMultipart || Parameter("boundary") is not { } boundary)
            return null;
        var trimmed = boundary.AsSpan().TrimEnd(" \t"u8);
        return trimmed.Length is 0 or > MaxBoundaryLength ? null : [.. "--"u8, .. trimmed];
    }

    static string Token(ReadOnlySpan<byte> token) => Encoding.Latin1.GetString(token.Trim("\"'"u8)).ToUpperInvariant();
}
