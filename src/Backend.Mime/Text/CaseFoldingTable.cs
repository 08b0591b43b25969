namespace Backend.Mime.Text;

/// <summary>
/// The folded form of each code point, out of a table of our own: what a store has folded once is compared with needles for years,
/// so it must not change with the Unicode library of the machine, or lack where there is none.
/// </summary>
sealed class CaseFoldingTable
{
    const int PageSize = 256;
    const int FirstSyllable = 0xAC00;
    const int LastSyllable = 0xD7A3;

    readonly string?[]?[] pages = new string?[0x110000 / PageSize][];

    CaseFoldingTable()
    {
        using var resource = typeof(CaseFoldingTable).Assembly.GetManifestResourceStream("CaseFolding.txt")
            ?? throw new InvalidOperationException("The table of folded forms is not in the assembly.");
        using var reader = new StreamReader(resource);
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#'))
                Add(line);
    }

    public static CaseFoldingTable Instance { get; } = new();

    /// <summary>The folded form; null where it is the code point itself.</summary>
    public string? Find(Rune rune)
    {
        if (rune.Value is >= FirstSyllable and <= LastSyllable)
            return Decompose(rune.Value - FirstSyllable);
        return pages[rune.Value / PageSize]?[rune.Value % PageSize];
    }

    void Add(ReadOnlySpan<char> line)
    {
        var space = line.IndexOf(' ');
        var dash = line[..space].IndexOf('-');
        var first = Number(line[..(dash < 0 ? space : dash)]);
        var last = dash < 0 ? first : Number(line[(dash + 1)..space]);
        var form = new StringBuilder();
        foreach (var range in line[(space + 1)..].Split(' '))
            form.Append(new Rune(Number(line[(space + 1)..][range])));
        Set(first, form.ToString());
        for (var code = first + 1; code <= last; code++)
            Set(code, new Rune(Number(line[(space + 1)..]) + code - first).ToString());
    }

    void Set(int code, string form) => (pages[code / PageSize] ??= new string?[PageSize])[code % PageSize] = form;

    static int Number(ReadOnlySpan<char> hexadecimal) => int.Parse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    // The Unicode Standard, section 3.12 (Hangul Syllable Decomposition).
    static string Decompose(int syllable)
    {
        const int Vowels = 21, Finals = 28;
        Span<char> letters =
        [
            (char)(0x1100 + (syllable / (Vowels * Finals))),
            (char)(0x1161 + (syllable % (Vowels * Finals) / Finals)),
            (char)(0x11A7 + (syllable % Finals)),
        ];
        return new string(syllable % Finals == 0 ? letters[..2] : letters);
    }
}
