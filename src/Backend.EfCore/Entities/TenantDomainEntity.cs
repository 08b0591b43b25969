namespace Backend.EfCore.Entities;

/// <summary>A mail domain, and the one tenant that owns it.</summary>
sealed class TenantDomainEntity
{
    /// <summary>In lower case.</summary>
    public required string Domain { get; set; }

    public int TenantId { get; set; }
}
