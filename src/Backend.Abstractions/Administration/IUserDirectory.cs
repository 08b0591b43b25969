namespace Backend.Abstractions.Administration;

/// <summary>The users of a store, for whoever administers it. Thread-safe.</summary>
/// <remarks>
/// A user belongs to one tenant: to the one that owns the domain of the name, what stands behind its last <c>@</c>; else to the one that is named,
/// or to <see cref="ITenantDirectory.Default"/>.
/// </remarks>
public interface IUserDirectory
{
    /// <summary>Adds a user with an INBOX. The password itself is never stored: only a SCRAM-SHA-256 verifier. RFC 5803; RFC 7677.</summary>
    /// <param name="username">1 to 255 characters without spaces, control characters and <c>/</c>; unique in the store, whatever its case.</param>
    /// <param name="password">1 to 1,000 characters.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackendException"><see cref="BackendError.UserAlreadyExists"/>; <see cref="BackendError.InvalidUserName"/>; <see cref="BackendError.InvalidPassword"/>;
    /// <see cref="BackendError.Limit"/>: the tenant has as many users as it may have; <see cref="BackendError.Cannot"/>: the tenant is being removed.</exception>
    Task AddUserAsync(string username, string password, CancellationToken cancellationToken);

    /// <summary>Adds a user to a tenant.</summary>
    /// <param name="username">As above.</param>
    /// <param name="password">As above.</param>
    /// <param name="tenant">The tenant; null for the one that the name or the lack of a domain says.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackendException">As above, and <see cref="BackendError.NoSuchTenant"/>; <see cref="BackendError.DomainTaken"/>: another tenant owns the domain of the name.</exception>
    Task AddUserAsync(string username, string password, string? tenant, CancellationToken cancellationToken);

    /// <summary>Adds a user whose password is known only by what was stored of it, as when a tenant comes from another store.</summary>
    /// <param name="username">As above.</param>
    /// <param name="password">What <see cref="GetPasswordAsync"/> gave.</param>
    /// <param name="tenant">As above.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackendException">As above.</exception>
    Task AddUserAsync(string username, StoredPassword password, string? tenant, CancellationToken cancellationToken);

    /// <summary>Lists the users in the order of their names.</summary>
    IAsyncEnumerable<UserInfo> ListUsersAsync(CancellationToken cancellationToken);

    /// <summary>Lists the users of a tenant in the order of their names.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchTenant"/>.</exception>
    IAsyncEnumerable<UserInfo> ListUsersAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Gives a user another password.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchUser"/>; <see cref="BackendError.InvalidPassword"/>.</exception>
    Task SetPasswordAsync(string username, string password, CancellationToken cancellationToken);

    /// <summary>What is stored of a user's password. Whoever has it can try passwords on it: it is a secret too.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchUser"/>.</exception>
    Task<StoredPassword> GetPasswordAsync(string username, CancellationToken cancellationToken);

    /// <summary>
    /// Locks a user out. A login is refused like one with a wrong password; what sessions ask for that are open is refused with
    /// <see cref="BackendError.Suspended"/>: at once in this process, and within a second in others. Mail stays as it is.
    /// </summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchUser"/>.</exception>
    Task SuspendUserAsync(string username, CancellationToken cancellationToken);

    /// <summary>Undoes <see cref="SuspendUserAsync"/>.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchUser"/>.</exception>
    Task ResumeUserAsync(string username, CancellationToken cancellationToken);

    /// <summary>Says how much mail a user may have, whatever was said before. What is there stays, even when it is more. RFC 9208 §5.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchUser"/>.</exception>
    Task SetLimitsAsync(string username, QuotaLimits limits, CancellationToken cancellationToken);

    /// <summary>Says whether a user may set the quotas of the users of the same tenant by <see cref="IQuotaUser.SetQuotaAsync"/>.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchUser"/>.</exception>
    Task SetAdministratorAsync(string username, bool isAdministrator, CancellationToken cancellationToken);

    /// <summary>Removes a user with all mailboxes and messages, for good.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchUser"/>.</exception>
    Task RemoveUserAsync(string username, CancellationToken cancellationToken);

    /// <summary>Opens a user without a password, for imports and exports by the administrator; suspended or not. Others' mailboxes are not there.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchUser"/>.</exception>
    Task<IUser> OpenUserAsync(string username, CancellationToken cancellationToken);
}
