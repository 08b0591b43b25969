namespace Imap.Server.Tokens;

/// <summary>What comes of a token.</summary>
public sealed record TokenResult
{
    TokenResult(string? username, string status) => (Username, Status) = (username, status);

    /// <summary>The token is nobody's, or no longer good. RFC 6750 §3.1.</summary>
    public static TokenResult Invalid { get; } = new(null, "invalid_token");

    /// <summary>The token is good for less than reading mail. RFC 6750 §3.1.</summary>
    public static TokenResult InsufficientScope { get; } = new(null, "insufficient_scope");

    /// <summary>The login name of the user; null when the token is refused.</summary>
    public string? Username { get; }

    /// <summary>What the client is told of a refusal. RFC 7628 §3.2.2.</summary>
    public string Status { get; }

    /// <summary>The token is this user's.</summary>
    public static TokenResult Of(string username) => new(username, "");
}
