using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Reads search keys. RFC 9051 §9 (search-key).</summary>
static class SearchGrammar
{
    /// <summary>search-program: keys, and the charset of their strings in front. RFC 9051 §9.</summary>
    public static SearchKey ReadProgram(ref ImapReader reader)
    {
        var charset = SearchCharsets.Default;
        if (reader.TryWord("CHARSET "u8))
        {
            // RFC 6855 §3.
            if (reader.Context.Enabled.FixesCharset)
                throw new ImapSyntaxException("CHARSET has no place in a search once UTF8=ACCEPT is enabled.");
            charset = SearchCharsets.Find(reader.AStringText("a charset"));
            reader.Space();
        }

        return ReadKeys(ref reader, charset);
    }

    /// <summary>search-criteria of SORT and THREAD: the charset, which must be there, and keys. RFC 5256 §5.</summary>
    public static SearchKey ReadCriteria(ref ImapReader reader)
    {
        var name = reader.AStringText("a charset");
        reader.Space();
        return ReadKeys(ref reader, SearchCharsets.Find(name));
    }

    /// <summary>One or more keys, which all have to match.</summary>
    public static SearchKey ReadKeys(ref ImapReader reader, Encoding charset)
    {
        var keys = ImmutableArray.CreateBuilder<SearchKey>();
        do
            keys.Add(ReadKey(ref reader, charset));
        while (reader.TryTake(' '));
        return keys.Count == 1 ? keys[0] : new SearchKey.And(keys.DrainToImmutable());
    }

    /// <summary>search-key.</summary>
    public static SearchKey ReadKey(ref ImapReader reader, Encoding charset)
    {
        reader.Enter();
        reader.CountSearchKey();
        var key = ReadKeyAtLevel(ref reader, charset);
        reader.Leave();
        return key;
    }

    static SearchKey ReadKeyAtLevel(ref ImapReader reader, Encoding charset)
    {
        if (reader.TryTake('('))
        {
            var keys = ReadKeys(ref reader, charset);
            reader.Take(')');
            return keys;
        }

        // RFC 5182 §3: also without the word UID.
        if (reader.NextIs('$'))
            return new SearchKey.Uids(reader.UidSet());
        if (reader.NextIs('*') || (!reader.AtEnd && char.IsAsciiDigit((char)reader.Rest[0])))
            return new SearchKey.Sequence(reader.SequenceSet());
        var expected = reader.Expected("a search key");
        return reader.Context.Registry.SearchKeys.TryGetValue(Encoding.ASCII.GetString(reader.Word("a search key")), out var parser)
            ? parser(ref reader, charset)
            : throw expected;
    }
}
