using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions;

/// <summary>LITERAL+: literals that come unasked. The framer takes them from whoever sends them. RFC 7888.</summary>
sealed class LiteralPlusExtension : IImapExtension
{
    public void Register(ImapRegistry registry) => registry.Capability("LITERAL+", SessionStates.Any);
}
