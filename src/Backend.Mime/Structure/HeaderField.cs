namespace Backend.Mime.Structure;

/// <summary>A field of a header as it stands. RFC 5322 §2.2.</summary>
readonly ref struct HeaderField
{
    public HeaderField(ReadOnlySpan<byte> raw)
    {
        Raw = raw;
        var colon = raw.IndexOf((byte)':');
        var name = colon < 0 ? default : TrimName(raw[..colon]);
        if (name.IsEmpty || name.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            Value = raw;
            return;
        }

        Name = name;
        Value = raw[(colon + 1)..];
    }

    /// <summary>All its octets, line ends included.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    /// <summary>Its name; empty where the line has none, as a From_ line.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>What follows the colon, or all where there is no name.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Whether the name is this, in any case.</summary>
    public bool Is(ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(Name, name);

    // Old mail has spaces before the colon (RFC 5322 §4.5), and files have a byte order mark at their start.
    static ReadOnlySpan<byte> TrimName(ReadOnlySpan<byte> name) =>
        (name.StartsWith("\uFEFF"u8) ? name[3..] : name).TrimEnd(" \t"u8);
}
