using MimeKit.Encodings;

namespace Backend.Mime.Grammar;

/// <summary>The Content-Transfer-Encoding of a part. RFC 2045 §6.</summary>
static class TransferEncoding
{
    /// <summary>What is meant where the header says nothing. RFC 2045 §6.1.</summary>
    public const string Default = "7BIT";

    /// <summary>The encoding's name in upper case.</summary>
    /// <param name="field">The unfolded field, or null.</param>
    public static string Read(byte[]? field)
    {
        if (field is null)
            return Default;
        var reader = new FieldReader(field);
        reader.SkipComments();
        var name = reader.TakeUntil(" \t\r\n;,("u8);
        name = name.Trim("\"'"u8);
        return name.IsEmpty ? Default : Encoding.Latin1.GetString(name).ToUpperInvariant();
    }

    /// <summary>Whether the octets of a body are others than those it stands for.</summary>
    public static bool IsEncoded(string encoding) => CreateDecoder(encoding) is not null;

    /// <summary>A decoder; null where the octets stand for themselves, or for what nobody knows.</summary>
    public static IMimeDecoder? CreateDecoder(string encoding) => encoding switch
    {
        "BASE64" => new Base64Decoder(),
        "QUOTED-PRINTABLE" => new QuotedPrintableDecoder(),
        "UUENCODE" or "X-UUENCODE" or "X-UUE" or "UUE" => new UUDecoder(),
        _ => null,
    };
}
