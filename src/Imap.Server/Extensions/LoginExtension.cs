using Imap.Server.Connection;
using Imap.Server.Registry;
using Imap.Server.Sasl;

namespace Imap.Server.Extensions;

/// <summary>AUTH=LOGIN, for clients that know nothing better. draft-murchison-sasl-login-00.</summary>
sealed class LoginExtension : IImapExtension
{
    public void Register(ImapRegistry registry) => registry.SaslMechanism("LOGIN", ConnectionTraits.TakesSecrets, static session => new LoginMechanism(session));
}
