using System.Buffers;

namespace Backend.Mime.Text;

/// <summary>The folding of RFC 5051 §2, a stretch of text at a time.</summary>
static class CaseFolding
{
    static readonly string?[] Folded = new string?[char.MaxValue + 1];

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

            Rune.DecodeFromUtf16(text, out var rune, out var taken);
            writer.Write(Fold(rune));
            text = text[taken..];
        }
    }

    static int PlainLength(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('\x01', '\x7f');
        return length < 0 ? text.Length : length;
    }

    static string Fold(Rune rune)
    {
        if (!rune.IsBmp)
            return Map(rune);
        return Folded[rune.Value] ??= Map(rune);
    }

    static string Map(Rune rune) =>
        rune.Value == 0 ? "\uFFFD" : TitleCase(rune).ToString().Normalize(NormalizationForm.FormKD);

    // Where the simple titlecase mapping is not the uppercase mapping of the runtime.
    static Rune TitleCase(Rune rune) => rune.Value switch
    {
        0x0131 => new Rune('I'),
        >= 0x01C4 and <= 0x01C6 => new Rune(0x01C5),
        >= 0x01C7 and <= 0x01C9 => new Rune(0x01C8),
        >= 0x01CA and <= 0x01CC => new Rune(0x01CB),
        >= 0x01F1 and <= 0x01F3 => new Rune(0x01F2),
        >= 0x10D0 and <= 0x10FF => rune,
        _ => Rune.ToUpperInvariant(rune),
    };
}
