using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Acl;

/// <summary>LIST-MYRIGHTS: LIST tells what the user may do with each mailbox too. RFC 8440.</summary>
sealed class ListMyRightsExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Requires<IAclUser>("LIST-MYRIGHTS");
        registry.Capability("LIST-MYRIGHTS", SessionStates.LoggedIn);
        registry.ListReturn("MYRIGHTS", static (ref _) => new Rights());
    }

    sealed class Rights : ListReturn
    {
        /// <summary>Behind the LIST response; none for what is not there or is listed only for what is below it. RFC 8440 §3-4.</summary>
        public override void Write(ImapWriter writer, ListedName name)
        {
            if (name is { IsSelected: true, Info.Rights: not MailboxRights.None })
                writer.MyRights(name.Info.Name, name.Info.Rights);
        }
    }
}
