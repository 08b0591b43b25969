namespace Backend.Abstractions;

/// <summary>A mail store. A backend operation always deals with users. The seed's <c>backend.Backend</c>. Thread-safe.</summary>
public interface IBackend
{
    /// <summary>
    /// Authenticates a user. A wrong name and a wrong password are the same error, after the same time, so that nobody learns which
    /// names there are. RFC 9051 §6.2.3, §11.6.
    /// </summary>
    /// <param name="username">The login name, unique in the whole store and not just in the tenant; in any case.</param>
    /// <param name="password">The password.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The user, for one connection.</returns>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidCredentials"/>, also when the user or its tenant is suspended;
    /// <see cref="BackendError.Unavailable"/>.</exception>
    Task<IUser> LoginAsync(string username, string password, CancellationToken cancellationToken);

    /// <summary>
    /// Says whether its users and mailboxes have a capability interface (<see cref="Capabilities.IMoveMailbox"/>, ...), so that a front end
    /// knows before anybody logs in what it can offer. A backend that has them all need not answer itself.
    /// </summary>
    /// <param name="capability">The interface.</param>
    bool Supports(Type capability) => true;
}
