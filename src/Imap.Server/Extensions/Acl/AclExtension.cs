using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions.Acl;

/// <summary>
/// ACL: users share mailboxes with each other, and see others' mailboxes in a namespace of their own. Which rights a command takes the store
/// sees to. RFC 4314; RFC 2342.
/// </summary>
sealed class AclExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Requires<IAclUser>("ACL");
        registry.Capability("ACL", SessionStates.LoggedIn);
        // RFC 4314 §2.2: the rights that RFC 2086 did not have.
        registry.Capability("RIGHTS=texk", SessionStates.LoggedIn);
        registry.OtherUsersNamespace(OtherUsers.Prefix);
        registry.Command<SetAcl>();
        registry.Command<DeleteAcl>();
        registry.Command<GetAcl>();
        registry.Command<ListRights>();
        registry.Command<MyRights>();
    }
}
