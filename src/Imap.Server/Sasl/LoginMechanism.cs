using Imap.Server.Session;

namespace Imap.Server.Sasl;

/// <summary>LOGIN: the server asks for the name, then for the password. draft-murchison-sasl-login-00; for old clients only.</summary>
sealed class LoginMechanism(ImapSession session) : ISaslMechanism
{
    static readonly byte[] UsernameChallenge = "Username:"u8.ToArray();
    static readonly byte[] PasswordChallenge = "Password:"u8.ToArray();

    string? username;

    public bool ClientSpeaksFirst => false;

    public async ValueTask<SaslStep> StepAsync(ReadOnlyMemory<byte>? response, CancellationToken cancellationToken)
    {
        if (response is not { } octets)
            return new SaslStep(null, UsernameChallenge);
        var text = SaslText.Decode(octets.Span);
        if (username is not null)
            return new SaslStep(await session.Logins.ByPasswordAsync(session, username, text, cancellationToken), default);
        username = text;
        return new SaslStep(null, PasswordChallenge);
    }
}
