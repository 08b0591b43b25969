using Imap.Server.Registry;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>The data items of FETCH and its macros. RFC 9051 §6.4.5; RFC 3501 §6.4.5.</summary>
static class CoreFetchItems
{
    static readonly AttributeItem Flags = new("FLAGS", FetchAttributes.Flags, static (writer, message) => writer.Flags(message.Flags!));
    static readonly AttributeItem InternalDate = new("INTERNALDATE", FetchAttributes.InternalDate, static (writer, message) => writer.DateTime(message.InternalDate!.Value));
    static readonly AttributeItem Size = new("RFC822.SIZE", FetchAttributes.Size, static (writer, message) => writer.Number(message.Size!.Value));
    static readonly AttributeItem Envelope = new("ENVELOPE", FetchAttributes.Envelope, static (writer, message) => writer.Octets(message.Envelope!.Encoded.Span));
    static readonly AttributeItem BodyStructure = new("BODYSTRUCTURE", FetchAttributes.BodyStructure, static (writer, message) => writer.Body(message.BodyStructure!, extended: true));
    static readonly AttributeItem Body = new("BODY", FetchAttributes.BodyStructure, static (writer, message) => writer.Body(message.BodyStructure!, extended: false));
    static readonly SectionFetchItem Rfc822 = new("RFC822"u8.ToArray(), new SectionItem(Section.Whole), setsSeen: true);
    static readonly SectionFetchItem Rfc822Header = new("RFC822.HEADER"u8.ToArray(), new SectionItem(new Section { Text = SectionText.Header }), setsSeen: false);
    static readonly SectionFetchItem Rfc822Text = new("RFC822.TEXT"u8.ToArray(), new SectionItem(new Section { Text = SectionText.Text }), setsSeen: true);

    public static void Register(ImapRegistry registry)
    {
        registry.FetchItem("FLAGS", static (ref _) => Flags);
        registry.FetchItem("INTERNALDATE", static (ref _) => InternalDate);
        registry.FetchItem("RFC822.SIZE", static (ref _) => Size);
        registry.FetchItem("ENVELOPE", static (ref _) => Envelope);
        registry.FetchItem("BODYSTRUCTURE", static (ref _) => BodyStructure);
        registry.FetchItem("UID", static (ref _) => new UidItem());
        registry.FetchItem("RFC822", static (ref reader) => InRev1(ref reader, "RFC822", Rfc822));
        registry.FetchItem("RFC822.HEADER", static (ref reader) => InRev1(ref reader, "RFC822.HEADER", Rfc822Header));
        registry.FetchItem("RFC822.TEXT", static (ref reader) => InRev1(ref reader, "RFC822.TEXT", Rfc822Text));
        registry.FetchItem("BODY", static (ref reader) => reader.NextIs('[') ? SectionGrammar.Read(ref reader, setsSeen: true) : Body);
        registry.FetchItem("BODY.PEEK", static (ref reader) => SectionGrammar.Read(ref reader, setsSeen: false));
        registry.FetchMacro("ALL", [Flags, InternalDate, Size, Envelope]);
        registry.FetchMacro("FAST", [Flags, InternalDate, Size]);
        registry.FetchMacro("FULL", [Flags, InternalDate, Size, Envelope, Body]);
    }

    static SectionFetchItem InRev1(ref ImapReader reader, string word, SectionFetchItem item)
    {
        reader.NotInRev2(word);
        return item;
    }
}
