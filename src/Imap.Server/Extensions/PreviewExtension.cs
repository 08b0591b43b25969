using Imap.Server.Commands;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>
/// PREVIEW: FETCH tells the beginning of a message's text. The store has it ready, so LAZY is answered as fully as anything, and never with
/// NIL. RFC 8970 §3-4.
/// </summary>
sealed class PreviewExtension : IImapExtension
{
    static readonly AttributeItem Preview = new("PREVIEW", FetchAttributes.Preview, static (writer, message) => writer.String(message.Preview!));

    public void Register(ImapRegistry registry)
    {
        registry.Requires<IPreviewMailbox>("PREVIEW");
        registry.Capability("PREVIEW", SessionStates.LoggedIn);
        registry.FetchItem("PREVIEW", Read);
    }

    // RFC 8970 §6: "PREVIEW" [SP "(" preview-mod *(SP preview-mod) ")"].
    static AttributeItem Read(ref ImapReader reader)
    {
        if (!reader.TryWord(" ("u8))
            return Preview;
        do
        {
            if (!reader.TryWord("LAZY"u8))
                throw reader.Expected("LAZY");
        }
        while (reader.TryTake(' '));
        reader.Take(')');
        return Preview;
    }
}
