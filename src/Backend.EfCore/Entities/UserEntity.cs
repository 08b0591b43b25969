namespace Backend.EfCore.Entities;

/// <summary>A user: who may log in, and whose the mailboxes are.</summary>
sealed class UserEntity
{
    public int Id { get; set; }

    public int TenantId { get; set; }

    /// <summary>The login name as it was given.</summary>
    public required string Name { get; set; }

    /// <summary>The login name in the form that is compared: unique in the whole store.</summary>
    public required string NormalizedName { get; set; }

    /// <summary>SCRAM-SHA-256 verifier. RFC 5803; RFC 7677.</summary>
    public required byte[] Salt { get; set; }

    public int Iterations { get; set; }

    public required byte[] StoredKey { get; set; }

    public required byte[] ServerKey { get; set; }

    public AccountState State { get; set; }

    /// <summary>How many octets the user may have; null for no limit. Usage is the sum of the mailboxes' counters.</summary>
    public long? MaxBytes { get; set; }

    /// <summary>How many messages the user may have; null for no limit.</summary>
    public long? MaxMessages { get; set; }

    /// <summary>Whether the user may set the quotas of the tenant's users.</summary>
    public bool IsAdministrator { get; set; }

    /// <summary>The number that the user's next mailbox gets. Numbers are never used again.</summary>
    public int NextMailboxId { get; set; }

    /// <summary>Seconds since 1970 in UTC.</summary>
    public long CreatedAt { get; set; }
}
