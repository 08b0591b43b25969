using Imap.Server.Registry;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>The keys of SEARCH. RFC 9051 §6.4.4; RFC 3501 §6.4.4.</summary>
static class CoreSearchKeys
{
    public static void Register(ImapRegistry registry)
    {
        registry.SearchKey("ALL", static (ref _, _) => new SearchKey.All());
        foreach (var flag in (ReadOnlySpan<Flag>)[Flag.Answered, Flag.Deleted, Flag.Draft, Flag.Flagged, Flag.Seen])
            RegisterFlag(registry, flag);
        RegisterInRev1(registry, "RECENT", new SearchKey.HasFlag(Flag.Recent));
        RegisterInRev1(registry, "OLD", new SearchKey.Not(new SearchKey.HasFlag(Flag.Recent)));
        RegisterInRev1(registry, "NEW", new SearchKey.And(new SearchKey.HasFlag(Flag.Recent), new SearchKey.Not(new SearchKey.HasFlag(Flag.Seen))));
        registry.SearchKey("KEYWORD", static (ref reader, _) => ReadKeyword(ref reader));
        registry.SearchKey("UNKEYWORD", static (ref reader, _) => new SearchKey.Not(ReadKeyword(ref reader)));
        foreach (var field in (ReadOnlySpan<string>)["Bcc", "Cc", "From", "Subject", "To"])
            RegisterField(registry, field);
        registry.SearchKey("HEADER", ReadHeader);
        registry.SearchKey("BODY", static (ref reader, charset) => new SearchKey.Body(ReadString(ref reader, charset)));
        registry.SearchKey("TEXT", static (ref reader, charset) => new SearchKey.Text(ReadString(ref reader, charset)));
        RegisterDates(registry, "BEFORE", DateComparison.Before);
        RegisterDates(registry, "ON", DateComparison.On);
        RegisterDates(registry, "SINCE", DateComparison.Since);
        registry.SearchKey("LARGER", static (ref reader, _) => new SearchKey.Larger(ReadNumber(ref reader)));
        registry.SearchKey("SMALLER", static (ref reader, _) => new SearchKey.Smaller(ReadNumber(ref reader)));
        registry.SearchKey("UID", ReadUids);
        registry.SearchKey("NOT", ReadNot);
        registry.SearchKey("OR", ReadOr);
    }

    static void RegisterFlag(ImapRegistry registry, Flag flag)
    {
        var word = flag.Name[1..];
        registry.SearchKey(word, (ref _, _) => new SearchKey.HasFlag(flag));
        registry.SearchKey($"UN{word}", (ref _, _) => new SearchKey.Not(new SearchKey.HasFlag(flag)));
    }

    static void RegisterInRev1(ImapRegistry registry, string word, SearchKey key) =>
        registry.SearchKey(word, (ref reader, _) =>
        {
            reader.NotInRev2(word);
            return key;
        });

    static void RegisterField(ImapRegistry registry, string field) =>
        registry.SearchKey(field, (ref reader, charset) => new SearchKey.Header(field, ReadString(ref reader, charset)));

    static void RegisterDates(ImapRegistry registry, string word, DateComparison comparison)
    {
        registry.SearchKey(word, (ref reader, _) => new SearchKey.InternalDate(comparison, ReadDate(ref reader)));
        registry.SearchKey($"SENT{word}", (ref reader, _) => new SearchKey.SentDate(comparison, ReadDate(ref reader)));
    }

    static SearchKey.HasFlag ReadKeyword(ref ImapReader reader)
    {
        reader.Space();
        return new SearchKey.HasFlag(reader.Keyword());
    }

    static SearchKey.Header ReadHeader(ref ImapReader reader, Encoding charset)
    {
        reader.Space();
        var field = reader.AStringText("a header field");
        return new SearchKey.Header(field, ReadString(ref reader, charset));
    }

    static SearchKey.Uids ReadUids(ref ImapReader reader, Encoding charset)
    {
        reader.Space();
        return new SearchKey.Uids(reader.UidSet());
    }

    static SearchKey.Not ReadNot(ref ImapReader reader, Encoding charset)
    {
        reader.Space();
        return new SearchKey.Not(SearchGrammar.ReadKey(ref reader, charset));
    }

    static SearchKey.Or ReadOr(ref ImapReader reader, Encoding charset)
    {
        reader.Space();
        var left = SearchGrammar.ReadKey(ref reader, charset);
        reader.Space();
        return new SearchKey.Or(left, SearchGrammar.ReadKey(ref reader, charset));
    }

    static string ReadString(ref ImapReader reader, Encoding charset)
    {
        reader.Space();
        try
        {
            return charset.GetString(reader.AString());
        }
        catch (DecoderFallbackException)
        {
            throw new ImapSyntaxException($"The string before octet {reader.Position + 1} is not {charset.WebName}.");
        }
    }

    static DateOnly ReadDate(ref ImapReader reader)
    {
        reader.Space();
        return reader.Date();
    }

    static long ReadNumber(ref ImapReader reader)
    {
        reader.Space();
        return reader.Number64();
    }
}
