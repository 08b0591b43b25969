namespace Backend.Memory;

/// <summary>A tenant, with the domains that it owns.</summary>
sealed class Tenant(string name)
{
    public string Name => name;

    public AccountState State { get; set; }

    public int? MaxUsers { get; set; }

    public SortedSet<string> Domains { get; } = new(StringComparer.Ordinal);
}
