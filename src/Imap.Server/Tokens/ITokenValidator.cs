namespace Imap.Server.Tokens;

/// <summary>
/// Says whose a token is. A host that adds one to its services makes the server offer OAUTHBEARER (RFC 7628) and XOAUTH2;
/// <see cref="TokenServiceCollectionExtensions.AddImapTokens"/> adds one for signed JSON web tokens. Thread-safe.
/// </summary>
public interface ITokenValidator
{
    /// <summary>Which scope a token has to have, for clients that want to know; null for none. RFC 7628 §3.2.2.</summary>
    string? Scope { get; }

    /// <summary>Where a client learns how to get a token: the URL of an OpenID provider's configuration; null for nowhere. RFC 7628 §3.2.2.</summary>
    string? Configuration { get; }

    /// <summary>Judges a token. It MUST accept none that it cannot prove to be meant for this server.</summary>
    /// <param name="token">The token, as it came from anybody.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The user, or why not.</returns>
    ValueTask<TokenResult> ValidateAsync(string token, CancellationToken cancellationToken);
}
