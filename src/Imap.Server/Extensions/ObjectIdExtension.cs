using Imap.Server.Commands;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>
/// OBJECTID: MAILBOXID in STATUS, SELECT, EXAMINE and CREATE, EMAILID and THREADID in FETCH and SEARCH. RFC 8474.
/// </summary>
sealed class ObjectIdExtension : IImapExtension
{
    const int MaxLength = 255;

    static readonly AttributeItem EmailId = new("EMAILID", FetchAttributes.EmailId, static (writer, message) => Write(writer, message.EmailId));
    static readonly AttributeItem ThreadId = new("THREADID", FetchAttributes.ThreadId, static (writer, message) => Write(writer, message.ThreadId));

    public void Register(ImapRegistry registry)
    {
        registry.Requires<IMailboxIds>("OBJECTID");
        registry.Requires<IObjectIdMailbox>("OBJECTID");
        registry.Capability("OBJECTID", SessionStates.LoggedIn);
        registry.StatusItem(new StatusItem("MAILBOXID", StatusItems.MailboxId, static status => status.MailboxId is { } id ? $"({id})" : null));
        registry.SelectCode(new SelectCode("MAILBOXID", "The mailbox's id", static (mailbox, _) => mailbox is IMailboxIds { Id: var id } ? Code(id) : null));
        registry.CreateCode("MAILBOXID", static data => data.MailboxId is { } id ? Code(id) : null);
        registry.FetchItem("EMAILID", static (ref _) => EmailId);
        registry.FetchItem("THREADID", static (ref _) => ThreadId);
        registry.SearchKey("EMAILID", static (ref reader, _) => new SearchKey.EmailId(ReadId(ref reader)));
        registry.SearchKey("THREADID", static (ref reader, _) => new SearchKey.ThreadId(ReadId(ref reader)));
    }

    static ResponseCode.Text Code(MailboxId id) => new("MAILBOXID", $"({id})");

    static void Write(ImapWriter writer, string? id)
    {
        if (id is null)
            writer.Nil();
        else
            writer.Octet('(').Atom(id).Octet(')');
    }

    // RFC 8474 §7: objectid.
    static string ReadId(ref ImapReader reader)
    {
        reader.Space();
        var expected = reader.Expected("an object identifier");
        var id = Encoding.ASCII.GetString(reader.Atom("an object identifier"));
        return id.Length <= MaxLength && id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? id : throw expected;
    }
}
