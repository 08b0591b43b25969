namespace Backend.Memory;

/// <summary>The rules of names of tenants and domains.</summary>
static class TenantName
{
    const int MaxLength = 64;
    const int MaxDomainLength = 253;

    public static string Normalize(string name) => name.ToLowerInvariant();

    public static string NormalizeDomain(string domain) => LoginName.Compose(domain).ToUpperInvariant().ToLowerInvariant();

    /// <summary>The domain of a login name: what stands behind its last @; null when it has none.</summary>
    public static string? DomainOf(string username) => username.LastIndexOf('@') is >= 0 and var at && at < username.Length - 1 ? NormalizeDomain(username[(at + 1)..]) : null;

    /// <summary>The name as it is kept.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidTenantName"/>.</exception>
    public static string Check(string name) =>
        name.Length is > 0 and <= MaxLength && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
            ? Normalize(name)
            : throw new BackendException(BackendError.InvalidTenantName, $"A tenant's name has 1 to {MaxLength} ASCII letters and digits, and inside also dots, hyphens and underscores.");

    /// <summary>The domain as it is kept.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidDomain"/>.</exception>
    public static string CheckDomain(string domain) =>
        NormalizeDomain(domain) is { Length: > 0 and <= MaxDomainLength } normalized
        && !normalized.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c) || c is '/' or '@')
        && normalized[0] != '.' && normalized[^1] != '.'
            ? normalized
            : throw new BackendException(BackendError.InvalidDomain, $"A domain has 1 to {MaxDomainLength} characters, none of which is a space, a control character, / or @, and no dot at either end.");
}
