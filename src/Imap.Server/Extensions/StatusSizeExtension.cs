using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions;

/// <summary>STATUS=SIZE: the octets of all messages of a mailbox, which are what a quota counts. RFC 8438; RFC 9051 §6.3.11 (SIZE).</summary>
sealed class StatusSizeExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("STATUS=SIZE", SessionStates.LoggedIn);
        registry.StatusItem(new StatusItem("SIZE", StatusItems.Size, static status => status.Size));
    }
}
