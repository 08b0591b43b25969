namespace Backend.Abstractions.Administration;

/// <summary>
/// The tenants of a store, for whoever administers it: organisations that own mail domains and users, and see nothing of each other. Names
/// of tenants and domains are the same in any case. Thread-safe.
/// </summary>
/// <remarks>The tenant <see cref="Default"/> is there as soon as something is done with it: it has the users that no other was named for.</remarks>
public interface ITenantDirectory
{
    /// <summary>The name of the tenant of users that no other was named for.</summary>
    const string Default = "default";

    /// <summary>Adds a tenant, with domains as by <see cref="AddDomainAsync"/>: all is done or nothing.</summary>
    /// <param name="tenant">1 to 64 characters: letters and digits of ASCII, and inside also <c>.</c>, <c>-</c> and <c>_</c>.</param>
    /// <param name="domains">The domains that it owns.</param>
    /// <param name="maxUsers">How many users it may have, 0 or more; null for no limit.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackendException"><see cref="BackendError.TenantAlreadyExists"/>; <see cref="BackendError.InvalidTenantName"/>; and as by <see cref="AddDomainAsync"/>.</exception>
    Task AddTenantAsync(string tenant, IReadOnlyCollection<string> domains, int? maxUsers, CancellationToken cancellationToken);

    /// <summary>Lists the tenants in the order of their names.</summary>
    IAsyncEnumerable<TenantInfo> ListTenantsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Gives a tenant a mail domain, to which users of that name then belong: those of <see cref="Default"/> who have it become the tenant's.
    /// A domain that is the tenant's already stays so.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="domain">What stands behind the @ of a login name: 1 to 253 characters without spaces, control characters, <c>/</c> and <c>@</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchTenant"/>; <see cref="BackendError.InvalidDomain"/>;
    /// <see cref="BackendError.DomainTaken"/>: another tenant owns it or has users of that name; <see cref="BackendError.Limit"/>: the tenant may not have so many users.</exception>
    Task AddDomainAsync(string tenant, string domain, CancellationToken cancellationToken);

    /// <summary>Takes a domain from a tenant. Users keep their tenant.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchTenant"/>; <see cref="BackendError.NoSuchDomain"/>: it is not the tenant's.</exception>
    Task RemoveDomainAsync(string tenant, string domain, CancellationToken cancellationToken);

    /// <summary>Says how many users a tenant may have. Those that are there stay, even when they are more.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="maxUsers">0 or more; null for no limit.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchTenant"/>.</exception>
    Task SetMaxUsersAsync(string tenant, int? maxUsers, CancellationToken cancellationToken);

    /// <summary>
    /// Locks out all users of a tenant. A login is refused like one with a wrong password; what sessions ask for that are open is refused with
    /// <see cref="BackendError.Suspended"/>: at once in this process, and within a second in others. Mail stays as it is.
    /// </summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchTenant"/>; <see cref="BackendError.Cannot"/>: it is being removed.</exception>
    Task SuspendTenantAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Undoes <see cref="SuspendTenantAsync"/>. Users who were suspended by themselves stay so.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchTenant"/>; <see cref="BackendError.Cannot"/>: it is being removed.</exception>
    Task ResumeTenantAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a tenant with its domains, its users and all their mail, for good. This may be long: from the first moment nobody can log in or be
    /// added, and when it is broken off it goes on where it was when it is asked for again.
    /// </summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchTenant"/>.</exception>
    Task RemoveTenantAsync(string tenant, CancellationToken cancellationToken);
}
