namespace Backend.EfCore.Tenancy;

/// <summary>What a <see cref="Lease"/> names.</summary>
enum LeaseKind
{
    /// <summary>Nobody: what a lease is that was never made.</summary>
    None = 0,
    User = 1,
    Tenant = 2,
    Login = 3,
    Store = 4,
}
