using System.ComponentModel.DataAnnotations;

namespace Imap.Server.Tokens;

/// <summary>Which JSON web tokens are taken. Checked when the host starts; read once.</summary>
public sealed class JwtOptions
{
    /// <summary>The issuer's public keys, as a JSON Web Key Set: a file, which is read again when it changes, or an https URL. RFC 7517 §5.</summary>
    [Required]
    public string Keys { get; set; } = "";

    /// <summary>The issuer: <c>iss</c> has to be exactly this. RFC 7519 §4.1.1.</summary>
    [Required]
    public string Issuer { get; set; } = "";

    /// <summary>This server, as the issuer calls it: <c>aud</c> has to name it. RFC 7519 §4.1.3.</summary>
    [Required]
    public string Audience { get; set; } = "";

    /// <summary>The claim that is the login name. With <c>email</c>, an <c>email_verified</c> that is false refuses the token.</summary>
    [Required]
    public string UserClaim { get; set; } = "email";

    /// <summary>What <c>scope</c> (RFC 8693 §4.2) or <c>scp</c> has to have in it; null for nothing in particular.</summary>
    public string? Scope { get; set; }

    /// <summary>Where clients learn how to get a token: the URL of the issuer's OpenID configuration; null for nowhere. RFC 7628 §3.2.2.</summary>
    public string? Configuration { get; set; }

    /// <summary>How far clocks may differ.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After how long the keys of a URL are fetched again. A token with a key that is not known has them fetched at once, twice a minute at most.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromHours(1);
}
