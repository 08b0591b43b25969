using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Commands;

/// <summary>The core: the commands of RFC 3501. RFC 3501 §6.</summary>
sealed class Imap4Rev1 : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("IMAP4rev1", SessionStates.Any);
        RegisterCommands(registry);
        CoreFetchItems.Register(registry);
        CoreSearchKeys.Register(registry);
        registry.StatusItem(new StatusItem("MESSAGES", StatusItems.Messages, static status => status.Messages));
        registry.StatusItem(new StatusItem("RECENT", StatusItems.Recent, static status => status.Recent) { IsRev1Only = true });
        registry.StatusItem(new StatusItem("UIDNEXT", StatusItems.UidNext, static status => status.UidNext?.Value));
        registry.StatusItem(new StatusItem("UIDVALIDITY", StatusItems.UidValidity, static status => status.UidValidity?.Value));
        registry.StatusItem(new StatusItem("UNSEEN", StatusItems.Unseen, static status => status.Unseen));
        // Of RFC 9051 §6.3.11, and asked for by clients of RFC 9208.
        registry.StatusItem(new StatusItem("DELETED", StatusItems.Deleted, static status => status.Deleted));
    }

    static void RegisterCommands(ImapRegistry registry)
    {
        registry.Command<Capability>();
        registry.Command<Noop>();
        registry.Command<Logout>();
        registry.Command<Authenticate>();
        registry.Command<Login>();
        registry.Command<Select>();
        registry.Command<Examine>();
        registry.Command<Create>();
        registry.Command<Delete>();
        registry.Command<Rename>();
        registry.Command<Subscribe>();
        registry.Command<Unsubscribe>();
        registry.Command<List>();
        registry.Command<Lsub>();
        registry.Command<Status>();
        registry.Command<Append>();
        registry.Command<Check>();
        registry.Command<Close>();
        registry.Command<Expunge>();
        registry.Command<Search>();
        registry.Command<Fetch>();
        registry.Command<Store>();
        registry.Command<Copy>();
    }
}
