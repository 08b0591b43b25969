namespace MailStore.Formats;

/// <summary>
/// The flags of a message in a Maildir: letters behind <c>:2,</c> at the end of its file's name. Capitals are fixed; small letters are
/// keywords, whose names Dovecot keeps in a file <c>dovecot-keywords</c> in the Maildir (a line <c>0 name</c> is the letter a).
/// </summary>
static class MaildirFlags
{
    /// <summary>The file with the names of the keywords.</summary>
    public const string KeywordsFile = "dovecot-keywords";

    /// <summary>How many keywords there are letters for.</summary>
    public const int MaxKeywords = 26;

    const string Marker = ":2,";

    static readonly (char Letter, Flag Flag)[] Letters =
    [
        ('D', Flag.Draft), ('F', Flag.Flagged), ('P', Flag.Parse("$Forwarded")), ('R', Flag.Answered), ('S', Flag.Seen), ('T', Flag.Deleted),
    ];

    /// <summary>The flags in the name of a file.</summary>
    /// <param name="fileName">The name, without its folder.</param>
    /// <param name="keywords">The keywords by letter.</param>
    public static FlagSet Read(string fileName, IReadOnlyDictionary<char, Flag> keywords)
    {
        var marker = fileName.LastIndexOf(Marker, StringComparison.Ordinal);
        if (marker < 0)
            return FlagSet.Empty;
        var flags = new List<Flag>();
        foreach (var letter in fileName.AsSpan(marker + Marker.Length))
        {
            foreach (var (known, flag) in Letters)
                if (known == letter)
                    flags.Add(flag);
            if (keywords.TryGetValue(letter, out var keyword))
                flags.Add(keyword);
        }

        return FlagSet.Of(flags);
    }

    /// <summary>The end of the name of a file, from the colon on; letters in the order of the alphabet, as Maildir wants them.</summary>
    /// <param name="flags">The message's flags.</param>
    /// <param name="keywords">The letters given so far, to which new keywords are added while there are letters.</param>
    public static string Write(FlagSet flags, IDictionary<Flag, char> keywords)
    {
        var letters = new List<char>();
        foreach (var flag in flags)
        {
            if (Array.Find(Letters, entry => entry.Flag == flag) is { Letter: not '\0' } entry)
                letters.Add(entry.Letter);
            else if (!flag.IsSystem && LetterOf(flag, keywords) is { } letter)
                letters.Add(letter);
        }

        letters.Sort();
        return Marker + string.Concat(letters);
    }

    /// <summary>Reads the lines of a keywords file; lines that are none are left out.</summary>
    public static Dictionary<char, Flag> ReadKeywords(IEnumerable<string> lines)
    {
        var keywords = new Dictionary<char, Flag>();
        foreach (var line in lines)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && byte.TryParse(line[..space], out var index) && index < MaxKeywords && Flag.TryParse(line[(space + 1)..].Trim(), out var keyword))
                keywords[(char)('a' + index)] = keyword;
        }

        return keywords;
    }

    /// <summary>The lines of the keywords file.</summary>
    public static IEnumerable<string> WriteKeywords(IEnumerable<KeyValuePair<Flag, char>> keywords) =>
        keywords.OrderBy(static entry => entry.Value).Select(static entry => FormattableString.Invariant($"{entry.Value - 'a'} {entry.Key}"));

    /// <summary>Whether the flag has a letter that is fixed.</summary>
    public static bool HasLetter(Flag flag) => Array.Exists(Letters, entry => entry.Flag == flag);

    static char? LetterOf(Flag keyword, IDictionary<Flag, char> keywords)
    {
        if (keywords.TryGetValue(keyword, out var letter))
            return letter;
        if (keywords.Count == MaxKeywords)
            return null;
        return keywords[keyword] = (char)('a' + keywords.Count);
    }
}
