using System.Text;

namespace Backend.EfCore.Accounts;

/// <summary>
/// Prepares passwords so that the same one typed on two keyboards is the same octets: RFC 4013 §2.1-2.2 (mapping, NFKC). Code points that the
/// profile prohibits are left as they are rather than refused: a password that was taken must go on being taken.
/// </summary>
static class SaslPrep
{
    public static string Prepare(string text)
    {
        if (Ascii.IsValid(text) || !IsWellFormed(text))
            return text;
        var mapped = new StringBuilder(text.Length);
        foreach (var c in text)
            if (!IsMappedToNothing(c))
                mapped.Append(char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator ? ' ' : c);
        return mapped.ToString().Normalize(NormalizationForm.FormKC);
    }

    // RFC 3454 table B.1.
    static bool IsMappedToNothing(char c) => c is '\u00AD' or '\u034F' or '\u1806' or (>= '\u180B' and <= '\u180D') or (>= '\u200B' and <= '\u200D') or '\u2060' or (>= '\uFE00' and <= '\uFE0F') or '\uFEFF';

    static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
                return false;
        return true;
    }
}
