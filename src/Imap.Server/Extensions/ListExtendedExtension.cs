using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions;

/// <summary>
/// LIST-EXTENDED: the options of LIST that its own document has; others come with their extensions. There are no mailboxes of other servers, so
/// REMOTE adds none. RFC 5258; RFC 9051 §6.3.9.
/// </summary>
sealed class ListExtendedExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("LIST-EXTENDED", SessionStates.LoggedIn);
        registry.ListSelection(new ListSelection("SUBSCRIBED", static info => (info.Attributes & MailboxAttributes.Subscribed) != 0)
        {
            IncludesNonExistent = true,
            Attributes = MailboxAttributes.Subscribed,
        });
        registry.ListSelection(new ListSelection("REMOTE", null));
        registry.ListSelection(new ListSelection("RECURSIVEMATCH", null) { AddsSuperiors = true });
        registry.ListReturn("SUBSCRIBED", static (ref _) => new Telling(MailboxAttributes.Subscribed));
        // Told in any case. RFC 5258 §4.
        registry.ListReturn("CHILDREN", static (ref _) => new Telling(MailboxAttributes.HasChildren | MailboxAttributes.HasNoChildren));
    }

    sealed class Telling(MailboxAttributes attributes) : ListReturn
    {
        public override MailboxAttributes Attributes => attributes;
    }
}
