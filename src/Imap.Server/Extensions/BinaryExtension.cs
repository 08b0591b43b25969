using Imap.Server.Commands;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>
/// BINARY: FETCH gives parts without their content transfer encoding. That APPEND takes literal8 is its own grammar's. Of multiparts and
/// messages, which RFC 9051 §6.4.5 does not let clients ask for any longer, it gives what stands there. RFC 3516; RFC 9051 §6.4.5, §7.5.2.
/// </summary>
sealed class BinaryExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Requires<IBinaryMailbox>("BINARY");
        registry.Capability("BINARY", SessionStates.LoggedIn);
        registry.FetchItem("BINARY", static (ref reader) => ReadContent(ref reader, setsSeen: true));
        registry.FetchItem("BINARY.PEEK", static (ref reader) => ReadContent(ref reader, setsSeen: false));
        registry.FetchItem("BINARY.SIZE", static (ref reader) => new SizeItem(SectionGrammar.ReadPart(ref reader)));
    }

    static SectionFetchItem ReadContent(ref ImapReader reader, bool setsSeen)
    {
        var section = SectionGrammar.ReadPart(ref reader);
        return new SectionFetchItem(Name("BINARY", section), new SectionItem(section, SectionGrammar.ReadPartial(ref reader)) { IsDecoded = true }, setsSeen);
    }

    static byte[] Name(string word, Section section) => Encoding.ASCII.GetBytes($"{word}[{section}]");

    /// <summary>BINARY.SIZE. Of a part that is not there BINARY gives NIL, which has no octets. RFC 3516 §4.3.</summary>
    sealed class SizeItem(Section section) : FetchItem
    {
        readonly byte[] name = Name("BINARY.SIZE", section);

        public override SectionItem Section { get; } = new(section) { IsDecoded = true };

        public override ValueTask WriteAsync(ImapWriter writer, Message message, Octets? content, CancellationToken cancellationToken)
        {
            writer.Octets(name).Space().Number(content?.Length ?? 0);
            return default;
        }
    }
}
