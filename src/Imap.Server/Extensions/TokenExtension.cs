using Imap.Server.Connection;
using Imap.Server.Registry;
using Imap.Server.Sasl;

namespace Imap.Server.Extensions;

/// <summary>AUTH=OAUTHBEARER and AUTH=XOAUTH2, where the host has an <see cref="Tokens.ITokenValidator"/>. RFC 7628.</summary>
sealed class TokenExtension : IImapExtension
{
    const ConnectionTraits When = ConnectionTraits.TakesSecrets | ConnectionTraits.TakesTokens;

    public void Register(ImapRegistry registry)
    {
        registry.Requires<ITrustedBackend>("AUTH=OAUTHBEARER");
        registry.SaslMechanism("OAUTHBEARER", When, static session => new TokenMechanism(session, TokenRequest.ParseBearer, TokenMechanism.DescribeBearer));
        registry.SaslMechanism("XOAUTH2", When, static session => new TokenMechanism(session, TokenRequest.ParseXOAuth2, TokenMechanism.DescribeXOAuth2));
    }
}
