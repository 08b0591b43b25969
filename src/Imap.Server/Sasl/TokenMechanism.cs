using System.Text.Json.Nodes;
using Imap.Server.Session;
using Imap.Server.Tokens;

namespace Imap.Server.Sasl;

/// <summary>OAUTHBEARER (RFC 7628) and XOAUTH2: a token in place of a password. A refusal is first told as a challenge, in JSON.</summary>
/// <param name="session">Who wants in.</param>
/// <param name="parse">Reads the client's message.</param>
/// <param name="describe">Writes what the client is told of a refusal.</param>
sealed class TokenMechanism(ImapSession session, Func<string, TokenRequest> parse, Func<ITokenValidator, TokenResult, JsonObject> describe) : ISaslMechanism
{
    BackendException? refusal;

    public bool ClientSpeaksFirst => true;

    /// <summary>A refusal of OAUTHBEARER. RFC 7628 §3.2.2.</summary>
    public static JsonObject DescribeBearer(ITokenValidator tokens, TokenResult result)
    {
        var json = new JsonObject { ["status"] = result.Status };
        if (tokens.Scope is { } scope)
            json["scope"] = scope;
        if (tokens.Configuration is { } configuration)
            json["openid-configuration"] = configuration;
        return json;
    }

    /// <summary>A refusal of XOAUTH2.</summary>
    public static JsonObject DescribeXOAuth2(ITokenValidator tokens, TokenResult result) => new()
    {
        ["status"] = result == TokenResult.InsufficientScope ? "403" : "401",
        ["schemes"] = "bearer",
        ["scope"] = tokens.Scope ?? "",
    };

    public async ValueTask<SaslStep> StepAsync(ReadOnlyMemory<byte>? response, CancellationToken cancellationToken)
    {
        // RFC 7628 §3.2.3: the client has said that it has heard, in one octet that means nothing, and now it is over.
        if (refusal is not null)
            throw refusal;
        var request = parse(SaslText.Decode(response.GetValueOrDefault().Span));
        var result = TokenResult.Invalid;
        try
        {
            session.Logins.Require(session, request.Username);
            result = await session.Tokens.ValidateAsync(request.Token, cancellationToken);
            return new SaslStep(await session.Logins.CountAsync(session, request.Username, () => LogInAsync(request, result, cancellationToken), cancellationToken), default);
        }
        catch (BackendException exception) when (exception.Error == BackendError.InvalidCredentials)
        {
            refusal = exception;
            return new SaslStep(null, Encoding.UTF8.GetBytes(describe(session.Tokens, result).ToJsonString()));
        }
    }

    async Task<IUser> LogInAsync(TokenRequest request, TokenResult result, CancellationToken cancellationToken)
    {
        // Acting for another user is not a thing that users of this server can do.
        if (result.Username is not { } username || (request.Username.Length > 0 && !request.Username.Equals(username, StringComparison.OrdinalIgnoreCase)))
            throw new BackendException(BackendError.InvalidCredentials, "The token is not one of this user.");
        return await ((ITrustedBackend)session.Backend).LoginTrustedAsync(username, cancellationToken);
    }
}
