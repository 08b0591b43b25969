using System.Text;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Backend.EfCore.Postgres;

/// <summary>PostgreSQL takes neither U+0000 nor half a surrogate pair in a text. Where either may come, U+FFFD comes in its place.</summary>
static class UnstorableText
{
    const char Replacement = '\uFFFD';

    public static void ReplaceIn<TText>(PropertyBuilder<TText> property) => property.HasConversion(new ValueConverter<string, string>(static text => Replace(text), static text => text));

    /// <summary>The text as it can be stored.</summary>
    public static string Replace(string text)
    {
        if (!IsUnstorable(text))
            return text;
        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            storable.Append(rune.Value == 0 ? Replacement.ToString() : rune.ToString());
        return storable.ToString();
    }

    static bool IsUnstorable(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0 || text.Contains('\0');
}
