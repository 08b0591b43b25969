using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions;

/// <summary>SASL-IR: the first response in AUTHENTICATE itself, which takes it from whoever sends it. RFC 4959.</summary>
sealed class SaslIrExtension : IImapExtension
{
    public void Register(ImapRegistry registry) => registry.Capability("SASL-IR", SessionStates.NotAuthenticated);
}
