using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions;

/// <summary>CHILDREN: LIST always tells whether a name has inferiors. RFC 3348.</summary>
sealed class ChildrenExtension : IImapExtension
{
    public void Register(ImapRegistry registry) => registry.Capability("CHILDREN", SessionStates.LoggedIn);
}
