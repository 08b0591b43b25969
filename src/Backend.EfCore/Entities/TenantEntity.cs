namespace Backend.EfCore.Entities;

/// <summary>An organisation whose users and mail are kept apart from every other's.</summary>
sealed class TenantEntity
{
    public int Id { get; set; }

    /// <summary>In lower case.</summary>
    public required string Name { get; set; }

    public AccountState State { get; set; }

    /// <summary>How many users it may have; null for no limit.</summary>
    public int? MaxUsers { get; set; }

    /// <summary>How many octets of mail its users may have together; null for no limit.</summary>
    public long? MaxBytes { get; set; }
}
