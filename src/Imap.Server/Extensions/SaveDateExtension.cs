using Imap.Server.Commands;
using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions;

/// <summary>SAVEDATE: FETCH tells when a message came into its mailbox. RFC 8514 §4.2.</summary>
sealed class SaveDateExtension : IImapExtension
{
    static readonly AttributeItem SaveDate = new("SAVEDATE", FetchAttributes.SaveDate, static (writer, message) => writer.DateTime(message.SaveDate!.Value));

    public void Register(ImapRegistry registry)
    {
        registry.Requires<ISaveDateMailbox>("SAVEDATE");
        registry.Capability("SAVEDATE", SessionStates.LoggedIn);
        registry.FetchItem("SAVEDATE", static (ref _) => SaveDate);
    }
}
