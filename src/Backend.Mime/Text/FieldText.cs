using MimeKit;
using MimeKit.Utils;

namespace Backend.Mime.Text;

/// <summary>The text of header fields. RFC 2047; RFC 6532.</summary>
static class FieldText
{
    static readonly ParserOptions Options = new() { CharsetEncoding = Charsets.Find(null), AllowUnquotedCommasInAddresses = true };

    /// <summary>The value on one line, with its encoded-words decoded.</summary>
    public static string Decode(ReadOnlySpan<byte> value)
    {
        var unfolded = Structure.FieldValue.Unfold(value);
        if (Ascii.IsValid(unfolded) && unfolded.AsSpan().IndexOf("=?"u8) < 0)
            return Encoding.ASCII.GetString(unfolded);

        // What was encoded may hold line ends; here it must not, for a line is a field.
        var decoded = Rfc2047.DecodeText(Options, unfolded);
        return decoded.AsSpan().ContainsAny('\r', '\n') ? decoded.ReplaceLineEndings(" ").Replace('\n', ' ').Replace('\r', ' ') : decoded;
    }
}
