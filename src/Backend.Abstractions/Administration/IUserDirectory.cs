namespace Backend.Abstractions.Administration;

/// <summary>The users of a store, for whoever administers it. Thread-safe.</summary>
public interface IUserDirectory
{
    /// <summary>Adds a user with an INBOX. The password itself is never stored: only a SCRAM-SHA-256 verifier. RFC 5803; RFC 7677.</summary>
    /// <param name="username">1 to 255 characters without spaces, control characters and <c>/</c>; unique in the store, whatever its case.</param>
    /// <param name="password">1 to 1,000 characters.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackendException"><see cref="BackendError.UserAlreadyExists"/>; <see cref="BackendError.InvalidUserName"/>; <see cref="BackendError.InvalidPassword"/>.</exception>
    Task AddUserAsync(string username, string password, CancellationToken cancellationToken);

    /// <summary>Lists the users in the order of their names.</summary>
    IAsyncEnumerable<UserInfo> ListUsersAsync(CancellationToken cancellationToken);

    /// <summary>Gives a user another password.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchUser"/>; <see cref="BackendError.InvalidPassword"/>.</exception>
    Task SetPasswordAsync(string username, string password, CancellationToken cancellationToken);

    /// <summary>Removes a user with all mailboxes and messages, for good.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchUser"/>.</exception>
    Task RemoveUserAsync(string username, CancellationToken cancellationToken);

    /// <summary>Opens a user without a password, for imports and exports by the administrator.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchUser"/>.</exception>
    Task<IUser> OpenUserAsync(string username, CancellationToken cancellationToken);
}
