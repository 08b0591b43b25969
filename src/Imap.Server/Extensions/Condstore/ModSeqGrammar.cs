using Imap.Server.Wire;

namespace Imap.Server.Extensions.Condstore;

/// <summary>Reads modification sequences.</summary>
static class ModSeqGrammar
{
    /// <summary>
    /// A space and <c>mod-sequence-valzer</c>, 63 bits; zero also where RFC 7162 §7 has none (deviation): it is "before everything", and
    /// clients that know nothing yet say so.
    /// </summary>
    public static ModSeq ModSeq(this ref ImapReader reader)
    {
        reader.Space();
        return new ModSeq(reader.Number64());
    }

    /// <summary>
    /// The key of SEARCH: <c>[SP entry-name SP entry-type-req] SP mod-sequence-valzer</c>. Which entry is meant is read and not minded, as
    /// a store must that keeps one modification sequence for each message. RFC 7162 §3.1.5.
    /// </summary>
    public static SearchKey ModSeqKey(this ref ImapReader reader)
    {
        if (reader.Rest.StartsWith(" \""u8))
        {
            reader.Space();
            var expected = reader.Expected("an entry such as \"/flags/\\\\seen\"");
            if (!StartsWithFlags(reader.String()))
                throw expected;
            reader.Space();
            if (!reader.TryWord("priv"u8) && !reader.TryWord("shared"u8) && !reader.TryWord("all"u8))
                throw reader.Expected("priv, shared or all");
        }

        return new SearchKey.ChangedFrom(reader.ModSeq());
    }

    static bool StartsWithFlags(ReadOnlySpan<byte> name) => name.Length > 7 && Ascii.EqualsIgnoreCase(name[..7], "/flags/"u8);
}
