using System.Buffers.Text;
using System.Text.Json;
using Imap.Server.Diagnostics;
using Microsoft.Extensions.Options;

namespace Imap.Server.Tokens;

/// <summary>
/// Takes JSON web tokens that the issuer signed for this server: RS256, PS256 or ES256, and nothing else, whatever the token says of itself.
/// RFC 7519 §7.2; RFC 7515 §5.2; RFC 8725 §3.
/// </summary>
sealed class JwtValidator(JsonWebKeys keys, IOptions<JwtOptions> options, TimeProvider time, ILogger<JwtValidator> logger) : ITokenValidator
{
    static readonly string[] Algorithms = ["RS256", "PS256", "ES256"];

    readonly JwtOptions options = options.Value;

    public string? Scope => options.Scope;

    public string? Configuration => options.Configuration;

    public async ValueTask<TokenResult> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            if (token.Split('.') is not [var header, var claims, var signature] || !Array.TrueForAll([header, claims, signature], static part => Base64Url.IsValid(part)))
                return Refuse("It is no signed token.");
            using var head = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
            // RFC 7515 §4.1.11: there is no critical extension that is known here.
            if (head.RootElement.ValueKind != JsonValueKind.Object || head.RootElement.TryGetProperty("crit", out _) || Text(head.RootElement, "alg") is not { } algorithm || !Algorithms.Contains(algorithm))
                return Refuse("Its algorithm is none that is taken.");
            var id = Text(head.RootElement, "kid");
            if (!await IsSignedAsync(algorithm, id, Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature), cancellationToken))
                return Refuse("Its signature is not the issuer's.");
            using var body = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
            return body.RootElement.ValueKind == JsonValueKind.Object ? Judge(body.RootElement) : Refuse("It has no claims.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Also where a text in it is no Unicode, which shows only when that is read.
            return Refuse("It is no JSON.");
        }
    }

    static string? Text(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static double? Number(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    // RFC 7519 §4.1.3: one text or several.
    static bool Names(JsonElement claims, string name, string wanted) => claims.TryGetProperty(name, out var value) && value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() == wanted,
        JsonValueKind.Array => value.EnumerateArray().Any(each => each.ValueKind == JsonValueKind.String && each.GetString() == wanted),
        _ => false,
    };

    // As one text with spaces (RFC 8693 §4.2), or as several.
    static bool HasScope(JsonElement claims, string scope) =>
        Names(claims, "scp", scope) || (Text(claims, "scope") ?? Text(claims, "scp"))?.Split(' ').Contains(scope) == true;

    async ValueTask<bool> IsSignedAsync(string algorithm, string? id, byte[] signed, byte[] signature, CancellationToken cancellationToken)
    {
        foreach (var wanted in new[] { false, true })
        {
            var candidates = (await keys.GetAsync(wanted, cancellationToken)).Where(key => id is null || key.Id == id).ToList();
            if (candidates.Exists(key => key.Verifies(algorithm, signed, signature)))
                return true;
            // Only a key that nobody has seen yet is worth asking for.
            if (candidates.Count > 0)
                return false;
        }

        return false;
    }

    TokenResult Judge(JsonElement claims)
    {
        if (FaultOf(claims) is { } fault)
            return Refuse(fault);
        if (options.Scope is { } scope && !HasScope(claims, scope))
            return TokenResult.InsufficientScope;
        if (Text(claims, options.UserClaim) is not { Length: > 0 } username)
            return Refuse($"It has no {options.UserClaim}.");
        return options.UserClaim == "email" && claims.TryGetProperty("email_verified", out var verified) && verified.ToString().Equals(bool.FalseString, StringComparison.OrdinalIgnoreCase)
            ? Refuse("Its address is not verified.")
            : TokenResult.Of(username);
    }

    // Who made it, for whom, and for how long. RFC 7519 §4.1.
    string? FaultOf(JsonElement claims)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var skew = options.ClockSkew.TotalSeconds;
        if (Text(claims, "iss") != options.Issuer)
            return "Its issuer is another.";
        if (!Names(claims, "aud", options.Audience))
            return "It is for somebody else.";
        if (Number(claims, "exp") is not { } expires || now >= expires + skew)
            return "Its time is over.";
        return Number(claims, "nbf") is { } begins && now < begins - skew ? "Its time has not come." : null;
    }

    TokenResult Refuse(string reason)
    {
        logger.TokenRefused(reason);
        return TokenResult.Invalid;
    }
}
