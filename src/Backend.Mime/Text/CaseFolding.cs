using System.Buffers;

namespace Backend.Mime.Text;

/// <summary>The folding of RFC 5051 §2, a stretch of text at a time.</summary>
static class CaseFolding
{
    /// <summary>Appends the folded form of whole code points.</summary>
    public static void Fold(ReadOnlySpan<char> text, IBufferWriter<char> writer)
    {
        while (!text.IsEmpty)
        {
            var plain = PlainLength(text);
            if (plain > 0)
            {
                Ascii.ToUpper(text[..plain], writer.GetSpan(plain), out _);
                writer.Advance(plain);
                text = text[plain..];
                continue;
            }

            // Half a surrogate pair comes as U+FFFD.
            Rune.DecodeFromUtf16(text, out var rune, out var taken);
            Fold(rune.Value == 0 ? Rune.ReplacementChar : rune, writer);
            text = text[taken..];
        }
    }

    static void Fold(Rune rune, IBufferWriter<char> writer)
    {
        if (CaseFoldingTable.Instance.Find(rune) is { } form)
            writer.Write(form);
        else
            writer.Advance(rune.EncodeToUtf16(writer.GetSpan(2)));
    }

    static int PlainLength(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('\x01', '\x7f');
        return length < 0 ? text.Length : length;
    }
}
