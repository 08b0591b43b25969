namespace Imap.Server.Sasl;

/// <summary>The client's first message: <c>gs2-header client-first-message-bare</c>. RFC 5802 §7.</summary>
/// <param name="Header">gs2-header, as it came.</param>
/// <param name="BindingName">What it binds the login to: the p flag; null for none.</param>
/// <param name="CouldBind">Whether it says that it could: the y flag.</param>
/// <param name="AuthorizationId">Who it wants to act for; null for itself.</param>
/// <param name="Bare">client-first-message-bare.</param>
/// <param name="Username">Who it is.</param>
/// <param name="Nonce">Its nonce.</param>
sealed record ScramFirstMessage(string Header, string? BindingName, bool CouldBind, string? AuthorizationId, string Bare, string Username, string Nonce)
{
    // With its "r=". Clients have some twenty octets; the challenge repeats it.
    const int MaxNonceLength = 1_024;

    /// <summary>Reads one.</summary>
    /// <exception cref="ImapSyntaxException">It is none.</exception>
    public static ScramFirstMessage Parse(string text)
    {
        // Commas in values are written otherwise, so that they part the attributes. RFC 5802 §5.1.
        var parts = text.Split(',');
        if (parts.Length < 4)
            throw new ImapSyntaxException("Expected a SCRAM message: channel binding, authorization identity, user name, nonce.");
        var binding = parts[0];
        if (binding is not ("n" or "y") && !binding.StartsWith("p=", StringComparison.Ordinal))
            throw new ImapSyntaxException("Expected n, y or p= at the start of the SCRAM message.");
        if (parts[1].Length > 0 && !parts[1].StartsWith("a=", StringComparison.Ordinal))
            throw new ImapSyntaxException("Expected an authorization identity or nothing in the SCRAM message.");
        // RFC 5802 §5.1 (m): whoever does not know such an extension MUST fail.
        if (parts[2].StartsWith("m=", StringComparison.Ordinal))
            throw new ImapSyntaxException("The SCRAM extension that the client demands is not known.");
        if (!parts[2].StartsWith("n=", StringComparison.Ordinal) || parts[2].Length == 2)
            throw new ImapSyntaxException("Expected a user name in the SCRAM message.");
        if (!parts[3].StartsWith("r=", StringComparison.Ordinal) || parts[3].Length is 2 or > MaxNonceLength || parts[3].Any(static c => c is < '!' or > '~'))
            throw new ImapSyntaxException("Expected a nonce in the SCRAM message.");
        var header = $"{parts[0]},{parts[1]},";
        return new ScramFirstMessage(
            header,
            binding.Length > 1 ? binding[2..] : null,
            binding == "y",
            parts[1].Length > 0 ? DecodeName(parts[1][2..]) : null,
            text[header.Length..],
            DecodeName(parts[2][2..]),
            parts[3][2..]);
    }

    // saslname: RFC 5802 §5.1 (n), §7.
    static string DecodeName(string text)
    {
        var name = text.Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "\0", StringComparison.Ordinal);
        return name.Contains('=', StringComparison.Ordinal) || text.Contains('\0', StringComparison.Ordinal)
            ? throw new ImapSyntaxException("A name in the SCRAM message has an = that stands for nothing.")
            : name.Replace('\0', '=');
    }
}
