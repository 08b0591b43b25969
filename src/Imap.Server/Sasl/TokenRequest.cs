namespace Imap.Server.Sasl;

/// <summary>What a client that has a token says.</summary>
/// <param name="Username">Whose it should be; empty when the token alone says that.</param>
/// <param name="Token">The token.</param>
sealed record TokenRequest(string Username, string Token)
{
    const char Separator = '\x01';
    const string Scheme = "Bearer ";

    /// <summary>Reads one of OAUTHBEARER: <c>gs2-header kvsep *kvpair kvsep</c>. RFC 7628 §3.1.</summary>
    /// <exception cref="ImapSyntaxException">It is none.</exception>
    public static TokenRequest ParseBearer(string text)
    {
        var end = text.IndexOf(Separator, StringComparison.Ordinal);
        var header = end < 0 ? [] : text[..end].Split(',');
        if (header is not [var binding, var authorization, ""] || binding is not ("n" or "y") || (authorization.Length > 0 && !authorization.StartsWith("a=", StringComparison.Ordinal)))
            throw new ImapSyntaxException("Expected an OAUTHBEARER message: n, the authorization identity or nothing, and the token.");
        var username = authorization.Length > 0 ? authorization[2..].Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal) : "";
        return new TokenRequest(username, TokenOf(text[(end + 1)..]));
    }

    /// <summary>Reads one of XOAUTH2: <c>"user=" name ^A "auth=Bearer " token ^A ^A</c>.</summary>
    /// <exception cref="ImapSyntaxException">It is none.</exception>
    public static TokenRequest ParseXOAuth2(string text)
    {
        var end = text.IndexOf(Separator, StringComparison.Ordinal);
        if (end < 6 || !text.StartsWith("user=", StringComparison.Ordinal))
            throw new ImapSyntaxException("Expected an XOAUTH2 message: the user name and the token.");
        return new TokenRequest(text[5..end], TokenOf(text[(end + 1)..]));
    }

    static string TokenOf(string text)
    {
        var parts = text.Split(Separator);
        if (parts is not [.., "", ""] || parts.FirstOrDefault(static part => part.StartsWith("auth=", StringComparison.OrdinalIgnoreCase)) is not { } auth
            || !auth.AsSpan(5).StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            throw new ImapSyntaxException("Expected auth=Bearer and a token, and two octets 01 at the end.");
        return auth[(5 + Scheme.Length)..].Trim();
    }
}
