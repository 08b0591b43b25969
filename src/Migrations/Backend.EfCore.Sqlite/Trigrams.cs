using System.Text;

namespace Backend.EfCore.Sqlite;

/// <summary>Queries of FTS5 over its tokenizer "trigram": every three code points in a row are a token.</summary>
static class Trigrams
{
    /// <summary>How many code points a token has.</summary>
    public const int Length = 3;

    /// <summary>More tokens of one needle than this narrow no further; whoever has these all is looked at.</summary>
    const int MaxTokens = 24;

    /// <summary>Whether the text has a token.</summary>
    public static bool HasAny(string text) => text.EnumerateRunes().Skip(Length - 1).Any();

    /// <summary>
    /// Asks for the texts that have tokens of every needle. What the index keeps (detail=none) does not say where a token stands, so that each is a
    /// string of its own.
    /// </summary>
    public static string Query(IEnumerable<string> needles) => string.Join(" AND ", needles.SelectMany(Of).Distinct().Select(Quoted));

    static IEnumerable<string> Of(string needle)
    {
        var runes = needle.EnumerateRunes().ToArray();
        var count = runes.Length - Length + 1;
        var taken = Math.Min(count, MaxTokens);
        for (var i = 0; i < taken; i++)
        {
            // From the first to the last, evenly.
            var start = taken == 1 ? 0 : (int)((long)i * (count - 1) / (taken - 1));
            yield return string.Concat(runes[start], runes[start + 1], runes[start + 2]);
        }
    }

    static string Quoted(string token) => new StringBuilder(token).Replace("\"", "\"\"").Insert(0, '"').Append('"').ToString();
}
