using Imap.Server.Connection;
using Imap.Server.Registry;
using Imap.Server.Sasl;

namespace Imap.Server.Extensions;

/// <summary>AUTH=SCRAM-SHA-256, and AUTH=SCRAM-SHA-256-PLUS over TLS. RFC 5802; RFC 7677.</summary>
sealed class ScramExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Requires<IScramBackend>("AUTH=SCRAM-SHA-256");
        registry.SaslMechanism("SCRAM-SHA-256-PLUS", ConnectionTraits.HasChannelBinding, static session => new ScramMechanism(session, plus: true));
        registry.SaslMechanism("SCRAM-SHA-256", ConnectionTraits.None, static session => new ScramMechanism(session, plus: false));
    }
}
