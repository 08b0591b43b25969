using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions;

/// <summary>
/// LITERAL+, or LITERAL- where it is set so: literals that come unasked. The framer takes them from whoever sends them, and sees to their
/// size. RFC 7888.
/// </summary>
sealed class LiteralExtension : IImapExtension
{
    // RFC 7888 §5: never both.
    public void Register(ImapRegistry registry) => registry.Capability(registry.Options.LiteralMinus ? "LITERAL-" : "LITERAL+", SessionStates.Any);
}
