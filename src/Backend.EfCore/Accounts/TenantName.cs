namespace Backend.EfCore.Accounts;

/// <summary>The rules of names of tenants and domains.</summary>
static class TenantName
{
    const int MaxLength = 64;
    const int MaxDomainLength = 253;

    /// <summary>The name in the form that is stored.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidTenantName"/>.</exception>
    public static string Check(string name)
    {
        var fault = name.Length is 0 or > MaxLength ? $"has {name.Length} characters; 1 to {MaxLength} are taken"
            : !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') ? "has something else in it than ASCII letters, digits, dots, hyphens and underscores"
            : !char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1]) ? "does not begin and end with a letter or digit"
            : null;
        return fault is null ? Normalize(name) : throw new BackendException(BackendError.InvalidTenantName, $"The name of the tenant {fault}.");
    }

    /// <summary>The name as it would be stored if it were one.</summary>
    public static string Normalize(string name) => name.ToLowerInvariant();

    /// <summary>The domain in the form that is stored.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidDomain"/>.</exception>
    public static string CheckDomain(string domain)
    {
        var normalized = NormalizeDomain(domain);
        var fault = normalized.Length is 0 or > MaxDomainLength ? $"has {normalized.Length} characters; 1 to {MaxDomainLength} are taken"
            : normalized.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c) || c is '/' or '@') ? "has a space, a control character, a / or an @ in it"
            : normalized[0] == '.' || normalized[^1] == '.' ? "begins or ends with a dot"
            : null;
        return fault is null ? normalized : throw new BackendException(BackendError.InvalidDomain, $"The domain {fault}.");
    }

    /// <summary>The domain of a login name; null when it has none.</summary>
    public static string? DomainOf(string username)
    {
        var normalized = UserName.Normalize(username);
        var at = normalized.LastIndexOf('@');
        return at < 0 || at == normalized.Length - 1 ? null : NormalizeDomain(normalized[(at + 1)..]);
    }

    /// <summary>A login name in this domain ends so, in the form that is compared.</summary>
    public static string EndOf(string domain) => $"@{UserName.Normalize(domain)}";

    public static string NormalizeDomain(string domain) => UserName.Normalize(domain).ToLowerInvariant();
}
