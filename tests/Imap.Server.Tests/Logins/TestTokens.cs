using Imap.Server.Tokens;

namespace Imap.Server.Tests.Logins;

/// <summary>Tokens that say whose they are.</summary>
sealed class TestTokens : ITokenValidator
{
    const string Good = "token-of-";

    public string? Scope => "mail";

    public string? Configuration => "https://issuer.example/.well-known/openid-configuration";

    public ValueTask<TokenResult> ValidateAsync(string token, CancellationToken cancellationToken) => ValueTask.FromResult(
        token.StartsWith(Good, StringComparison.Ordinal) ? TokenResult.Of(token[Good.Length..]) : token == "narrow" ? TokenResult.InsufficientScope : TokenResult.Invalid);
}
