using System.Buffers;
using Backend.Mime.Text;

namespace Backend.Mime;

/// <summary>
/// The comparator i;unicode-casemap: texts are equal when their folded forms are, octet by octet. RFC 5051 §2; RFC 9051 §6.4.4.
/// </summary>
public static class CaseMap
{
    /// <summary>
    /// Replaces each code point by its simple titlecase mapping and that by its full compatibility decomposition. The folded form of
    /// two strings one behind the other is that of the first and that of the second, so a folded needle is found in a folded text
    /// wherever the needle stands in the text. A half surrogate pair becomes U+FFFD, and so does U+0000, which databases do not take. RFC 5051 §2.
    /// </summary>
    public static string Fold(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('a', 'z') < 0 && Ascii.IsValid(text) && !text.Contains('\0'))
            return text;
        if (Ascii.IsValid(text) && !text.Contains('\0'))
            return string.Create(text.Length, text, static (folded, source) => Ascii.ToUpper(source, folded, out _));
        var writer = new ArrayBufferWriter<char>(text.Length);
        CaseFolding.Fold(text, writer);
        return writer.WrittenSpan.ToString();
    }
}
