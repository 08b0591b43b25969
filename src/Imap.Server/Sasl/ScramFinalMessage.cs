namespace Imap.Server.Sasl;

/// <summary>The client's final message: <c>channel-binding "," nonce ["," extensions] "," proof</c>. RFC 5802 §7.</summary>
/// <param name="Binding">gs2-header and what the login is bound to, as the client has it.</param>
/// <param name="Nonce">Both nonces.</param>
/// <param name="Proof">The proof.</param>
/// <param name="WithoutProof">client-final-message-without-proof.</param>
sealed record ScramFinalMessage(byte[] Binding, string Nonce, byte[] Proof, string WithoutProof)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="ImapSyntaxException">It is none.</exception>
    public static ScramFinalMessage Parse(string text)
    {
        var parts = text.Split(',');
        if (parts.Length < 3 || !parts[0].StartsWith("c=", StringComparison.Ordinal) || !parts[1].StartsWith("r=", StringComparison.Ordinal) || !parts[^1].StartsWith("p=", StringComparison.Ordinal))
            throw new ImapSyntaxException("Expected a SCRAM message: channel binding, nonce, proof.");
        return new ScramFinalMessage(Decode(parts[0][2..]), parts[1][2..], Decode(parts[^1][2..]), text[..^(parts[^1].Length + 1)]);
    }

    static byte[] Decode(string base64)
    {
        var octets = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, octets, out var length) ? octets[..length] : throw new ImapSyntaxException("A part of the SCRAM message is not base64.");
    }
}
