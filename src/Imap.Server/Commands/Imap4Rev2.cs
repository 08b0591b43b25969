using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>
/// IMAP4rev2 beside IMAP4rev1: the same commands, and from ENABLE on the form of RFC 9051. What it took out of RFC 3501 is not there any more
/// then. RFC 9051 Appendices A and E.
/// </summary>
sealed class Imap4Rev2 : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("IMAP4rev2", SessionStates.Any);
        registry.Enablable(new Enablable("IMAP4rev2") { Form = ImapForm.Rev2 });
    }
}
