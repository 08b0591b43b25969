using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions;

/// <summary>SPECIAL-USE: LIST always tells what a mailbox is for, and can be asked for those that are for something. RFC 6154 §2.</summary>
sealed class SpecialUseExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("SPECIAL-USE", SessionStates.LoggedIn);
        registry.ListOption(new ListOption("SPECIAL-USE", static info => info.SpecialUse != SpecialUse.None, IsReturnOption: true));
    }
}
