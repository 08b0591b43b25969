using Imap.Server.Connection;
using Imap.Server.Registry;
using Imap.Server.Sasl;

namespace Imap.Server.Extensions;

/// <summary>AUTH=PLAIN. RFC 4616.</summary>
sealed class PlainExtension : IImapExtension
{
    public void Register(ImapRegistry registry) => registry.SaslMechanism("PLAIN", ConnectionTraits.TakesSecrets, static session => new PlainMechanism(session));
}
