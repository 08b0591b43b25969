using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions;

/// <summary>SPECIAL-USE: LIST always tells what a mailbox is for, and can be asked for those that are for something. RFC 6154 §2; RFC 8457 §3.</summary>
sealed class SpecialUseExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("SPECIAL-USE", SessionStates.LoggedIn);
        registry.ListSelection(new ListSelection("SPECIAL-USE", static info => info.SpecialUse != SpecialUse.None));
        registry.ListReturn("SPECIAL-USE", static (ref _) => new Telling());
    }

    sealed class Telling : ListReturn;
}
