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
}
