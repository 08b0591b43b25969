namespace Backend.EfCore.Tenancy;

/// <summary>
/// For whom the database is asked, and so what there is to be seen: every query is put under one, and rows of others are not there for it.
/// </summary>
readonly record struct Lease
{
    /// <summary>The administration of the store: all tenants and users, and nobody's mail.</summary>
    public static readonly Lease ForStore = new() { Kind = LeaseKind.Store };

    public LeaseKind Kind { get; private init; }

    /// <summary>The user, or 0.</summary>
    public int UserId { get; private init; }

    /// <summary>The tenant, or 0.</summary>
    public int TenantId { get; private init; }

    /// <summary>The login name in the form that is compared, or null.</summary>
    public string? Login { get; private init; }

    /// <summary>Who works in the user's mailbox in the user's stead; null when that is the user.</summary>
    public Guest? Guest { get; private init; }

    /// <summary>The rights that <see cref="Guest"/> needs; null for the least that reading takes, and every one that writing may take.</summary>
    public MailboxRights? Needs { get; private init; }

    /// <summary>Whether it ends when the user or the user's tenant is suspended.</summary>
    public bool IsSession { get; private init; }

    /// <summary>A user: the user's row and mail.</summary>
    public static Lease ForUser(int userId)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(userId);
        return new Lease { Kind = LeaseKind.User, UserId = userId };
    }

    /// <summary>A user who has logged in: as <see cref="ForUser"/>, for as long as the user may be here.</summary>
    public static Lease ForSession(int userId) => ForUser(userId) with { IsSession = true };

    /// <summary>
    /// Somebody who works in a mailbox of another user, as far as the rights go that are looked up with each read and write: the owner's row and mail.
    /// </summary>
    public static Lease ForGuest(int ownerId, Guest guest) => ForUser(ownerId) with { IsSession = true, Guest = guest };

    /// <summary>The same lease for work that takes these rights. Who works on own mail has them all.</summary>
    public Lease Needing(MailboxRights rights) => Guest is null ? this : this with { Needs = rights };

    /// <summary>A tenant: its row and those of its users, and nobody's mail.</summary>
    public static Lease ForTenant(int tenantId)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tenantId);
        return new Lease { Kind = LeaseKind.Tenant, TenantId = tenantId };
    }

    /// <summary>Somebody who gives a login name: the row of the user who has it, to be read only.</summary>
    /// <param name="normalizedName">The name in the form that is compared.</param>
    public static Lease ForLogin(string normalizedName) => new() { Kind = LeaseKind.Login, Login = normalizedName };
}
