using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions;

/// <summary>MULTIAPPEND: several messages in one APPEND, all or none. APPEND's own grammar has them. RFC 3502.</summary>
sealed class MultiAppendExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Requires<IMultiAppendMailbox>("MULTIAPPEND");
        registry.Capability("MULTIAPPEND", SessionStates.LoggedIn);
    }
}
