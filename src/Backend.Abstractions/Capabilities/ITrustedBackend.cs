namespace Backend.Abstractions.Capabilities;

/// <summary>A backend that lets in whom somebody else has identified, such as the issuer of a token. RFC 7628.</summary>
public interface ITrustedBackend : IBackend
{
    /// <summary>Logs in a user without a password. The state of the user and of the tenant is looked at as by <see cref="IBackend.LoginAsync"/>.</summary>
    /// <param name="username">The login name; in any case.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidCredentials"/>: there is no such user, or it may not log in;
    /// <see cref="BackendError.Unavailable"/>.</exception>
    Task<IUser> LoginTrustedAsync(string username, CancellationToken cancellationToken);
}
