using Backend.Abstractions.Administration;

namespace Backend.Abstractions.Capabilities;

/// <summary>
/// A backend that gives a front end what it needs to let a client prove a password without sending it, and to know a password again that it
/// has just checked. RFC 5802; RFC 7677.
/// </summary>
public interface IScramBackend : IBackend
{
    /// <summary>
    /// Gives what is stored of the password of a user. A name that no user has gets something that no password fits, the same at each call and
    /// of the same shape, after the same time, so that nobody learns which names there are. Whether the user may log in is not looked at.
    /// RFC 5802 §9 ("salt" of unknown users).
    /// </summary>
    /// <param name="username">The login name; in any case.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackendException"><see cref="BackendError.Unavailable"/>.</exception>
    Task<StoredPassword> FindPasswordAsync(string username, CancellationToken cancellationToken);

    /// <summary>
    /// Logs in a user who has proved to know the password. It MUST be the user's still: one that was changed in between is refused, as is a user
    /// who has been suspended. Cheap: no key is derived.
    /// </summary>
    /// <param name="username">The login name; in any case.</param>
    /// <param name="proved">What <see cref="FindPasswordAsync"/> gave, and the proof was checked against.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackendException">As by <see cref="IBackend.LoginAsync"/>.</exception>
    Task<IUser> LoginProvedAsync(string username, StoredPassword proved, CancellationToken cancellationToken);
}
