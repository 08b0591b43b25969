namespace Backend.Specification.Tests.Searching;

/// <summary>Texts to search for that mean something to a pattern, a query language or an index, or have few characters of their kind.</summary>
public static class HostileNeedles
{
    public static TheoryData<string> All =>
    [
        "100% of it", "%%%", "___", "a_b_c", @"\\\", @"back\slash", "\"\"\"", "say \"no\"", "\"", "it's", "'''", "a AND b", "NOT x", "NEAR(a b)", "abc*", "***", "^abc", "(abc)", "{a b}: c", "-abc",
        "col:abc", "a OR b", "--x", "; DROP", "a\tb\tc", "\u0001\u0002\u0003", "ab", "a", "é", "e\u0301te", "\u0301\u0302\u0303", "日本語", "日本", "本", "👩‍👩‍👧", "😀😃😄", "😀", "😀b", "\U00010428\U00010429\U0001042A",
        "ﬁligree", "Straße", "한국어", "שלום", "…—…", "\u00a0\u00a0\u00a0", "<b>&amp;", "[a-c]", "?:?", "++x", "#1!", "$$$", "~/.x",
    ];
}
