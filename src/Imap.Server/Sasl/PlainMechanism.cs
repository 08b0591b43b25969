using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Sasl;

/// <summary>PLAIN: <c>[authzid] NUL authcid NUL passwd</c>, in UTF-8. RFC 4616 §2.</summary>
sealed class PlainMechanism(ImapSession session) : ISaslMechanism
{
    public bool ClientSpeaksFirst => true;

    public async ValueTask<SaslStep> StepAsync(ReadOnlyMemory<byte>? response, CancellationToken cancellationToken)
    {
        var parts = SaslText.Decode(response.GetValueOrDefault().Span).Split('\0');
        if (parts.Length != 3 || parts[1].Length == 0 || parts[2].Length == 0)
            throw new ImapSyntaxException("Expected a PLAIN message: an authorization identity or nothing, NUL, the user name, NUL, the password.");
        // Acting for another user is not a thing that users of this server can do. RFC 4616 §2.
        if (parts[0].Length > 0 && parts[0] != parts[1])
            throw new CommandRefusedException(ResponseCode.AuthorizationFailed, "A user can act for himself only.");
        return new SaslStep(await session.Logins.ByPasswordAsync(session, parts[1], parts[2], cancellationToken), default);
    }
}
