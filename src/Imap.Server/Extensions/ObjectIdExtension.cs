using Imap.Server.Registry;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>OBJECTID, as far as mailboxes go: MAILBOXID in STATUS, SELECT, EXAMINE and CREATE. RFC 8474 §4.</summary>
sealed class ObjectIdExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Requires<IMailboxIds>("OBJECTID");
        registry.StatusItem(new StatusItem("MAILBOXID", StatusItems.MailboxId, static status => status.MailboxId is { } id ? $"({id})" : null));
        registry.SelectCode(new SelectCode("MAILBOXID", "The mailbox's id", static (mailbox, _) => mailbox is IMailboxIds { Id: var id } ? Code(id) : null));
        registry.CreateCode("MAILBOXID", static data => data.MailboxId is { } id ? Code(id) : null);
    }

    static ResponseCode.Text Code(MailboxId id) => new ResponseCode.Text("MAILBOXID", $"({id})");
}
