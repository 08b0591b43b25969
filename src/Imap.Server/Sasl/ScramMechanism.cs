using System.Security.Cryptography;
using Imap.Server.Session;

namespace Imap.Server.Sasl;

/// <summary>
/// SCRAM-SHA-256 and SCRAM-SHA-256-PLUS: the client proves that it knows the password, and the server that it knows what is stored of it; neither
/// shows it. RFC 5802 §5-7; RFC 7677.
/// </summary>
/// <param name="session">Who wants in.</param>
/// <param name="plus">Whether the login is bound to the TLS under it. RFC 5802 §6.</param>
sealed class ScramMechanism(ImapSession session, bool plus) : ISaslMechanism
{
    const int NonceLength = 18;

    string username = "";
    ScramFirstMessage? first;
    StoredPassword? stored;
    string nonce = "";
    string serverFirst = "";
    IUser? user;

    public bool ClientSpeaksFirst => true;

    public async ValueTask<SaslStep> StepAsync(ReadOnlyMemory<byte>? response, CancellationToken cancellationToken)
    {
        var message = SaslText.Decode(response.GetValueOrDefault().Span);
        if (first is null)
            return await BeginAsync(ScramFirstMessage.Parse(message), cancellationToken);
        if (user is null)
            return await ProveAsync(first, stored!, ScramFinalMessage.Parse(message), cancellationToken);
        // RFC 9051 §6.2.2: a last word of the server is a challenge, which is answered with nothing.
        return message.Length == 0 ? new SaslStep(user, default) : throw new ImapSyntaxException("Expected an empty response to the server's signature.");
    }

    async ValueTask<SaslStep> BeginAsync(ScramFirstMessage message, CancellationToken cancellationToken)
    {
        CheckBinding(message);
        first = message;
        username = message.Username;
        // RFC 5802 §5.1 (a): acting for another user is not a thing that users of this server can do.
        if (message.AuthorizationId is { } other && other != username)
            throw new CommandRefusedException(Wire.ResponseCode.AuthorizationFailed, "A user can act for himself only.");
        stored = await session.Logins.FindPasswordAsync(session, username, cancellationToken);
        nonce = message.Nonce + Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceLength));
        serverFirst = string.Create(CultureInfo.InvariantCulture, $"r={nonce},s={Convert.ToBase64String(stored.Salt.AsSpan())},i={stored.Iterations}");
        return new SaslStep(null, Encoding.ASCII.GetBytes(serverFirst));
    }

    async ValueTask<SaslStep> ProveAsync(ScramFirstMessage message, StoredPassword password, ScramFinalMessage final, CancellationToken cancellationToken)
    {
        if (final.Nonce != nonce)
            throw new ImapSyntaxException("The nonce is another.");
        // RFC 5802 §6: what the client believes that it is connected to.
        byte[] binding = [.. Encoding.UTF8.GetBytes(message.Header), .. message.BindingName is null ? [] : session.Pipe.ServerEndPoint.GetValueOrDefault().Span];
        var isBound = CryptographicOperations.FixedTimeEquals(final.Binding, binding);
        var signed = Encoding.UTF8.GetBytes($"{message.Bare},{serverFirst},{final.WithoutProof}");
        var isProved = IsProof(final.Proof, password.StoredKey.AsSpan(), signed);
        user = await session.Logins.ProvedAsync(session, username, password, isBound && isProved, cancellationToken);
        return new SaslStep(null, Encoding.ASCII.GetBytes($"v={Convert.ToBase64String(HMACSHA256.HashData(password.ServerKey.AsSpan(), signed))}"));
    }

    // RFC 5802 §3: the key that the proof hides has to be the one whose hash is stored.
    static bool IsProof(ReadOnlySpan<byte> proof, ReadOnlySpan<byte> storedKey, byte[] signed)
    {
        var key = HMACSHA256.HashData(storedKey, signed);
        if (proof.Length != key.Length)
            return false;
        for (var i = 0; i < key.Length; i++)
            key[i] ^= proof[i];
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(key), storedKey);
    }

    void CheckBinding(ScramFirstMessage message)
    {
        if (plus && message.BindingName is null)
            throw new ImapSyntaxException("SCRAM-SHA-256-PLUS has to be bound to the TLS channel.");
        if (!plus && message.BindingName is not null)
            throw new ImapSyntaxException("Only SCRAM-SHA-256-PLUS is bound to the TLS channel.");
        // RFC 5802 §5.1 (p): tls-unique is not there in TLS 1.3, and tls-exporter (RFC 9266) cannot be had of .NET (deviation).
        if (message.BindingName is { } name && name != "tls-server-end-point")
            throw new CommandRefusedException(Wire.ResponseCode.Cannot, "Logins are bound by tls-server-end-point only.");
        // RFC 5802 §6: the client could bind and believes that the server cannot, though it was told so: somebody took that out on the way.
        if (message.CouldBind && session.Pipe.ServerEndPoint is not null)
            throw new CommandRefusedException(Wire.ResponseCode.AuthenticationFailed, "This server offers SCRAM-SHA-256-PLUS, and somebody has kept that from the client.");
    }
}
