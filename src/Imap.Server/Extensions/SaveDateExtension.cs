using Imap.Server.Commands;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>SAVEDATE: FETCH tells when a message came into its mailbox, and SEARCH finds it by that day. RFC 8514 §4.</summary>
sealed class SaveDateExtension : IImapExtension
{
    static readonly AttributeItem SaveDate = new("SAVEDATE", FetchAttributes.SaveDate, static (writer, message) => writer.DateTime(message.SaveDate!.Value));

    public void Register(ImapRegistry registry)
    {
        registry.Requires<ISaveDateMailbox>("SAVEDATE");
        registry.Capability("SAVEDATE", SessionStates.LoggedIn);
        registry.FetchItem("SAVEDATE", static (ref _) => SaveDate);
        registry.SearchKey("SAVEDBEFORE", static (ref reader, _) => new SearchKey.SaveDate(DateComparison.Before, ReadDate(ref reader)));
        registry.SearchKey("SAVEDON", static (ref reader, _) => new SearchKey.SaveDate(DateComparison.On, ReadDate(ref reader)));
        registry.SearchKey("SAVEDSINCE", static (ref reader, _) => new SearchKey.SaveDate(DateComparison.Since, ReadDate(ref reader)));
        // RFC 8514 §4.3: every message of a mailbox that has the date, and each has it here.
        registry.SearchKey("SAVEDATESUPPORTED", static (ref _, _) => new SearchKey.All());
    }

    static DateOnly ReadDate(ref ImapReader reader)
    {
        reader.Space();
        return reader.Date();
    }
}
