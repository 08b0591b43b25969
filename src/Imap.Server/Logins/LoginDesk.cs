using Imap.Server.Session;
using Microsoft.Extensions.Options;

namespace Imap.Server.Logins;

/// <summary>
/// Where all logins of a server go through, whichever command or mechanism they come by: it counts and delays those that fail, and knows again
/// the passwords that were right. Thread-safe.
/// </summary>
sealed class LoginDesk
{
    readonly IBackend backend;
    readonly IScramBackend? scram;
    readonly LoginThrottle throttle;
    readonly RememberedLogins remembered;

    public LoginDesk(IBackend backend, IOptions<ImapServerOptions> options, TimeProvider time)
    {
        this.backend = backend;
        scram = backend.Supports(typeof(IScramBackend)) ? (IScramBackend)backend : null;
        throttle = new LoginThrottle(options.Value, time);
        remembered = new RememberedLogins(time, options.Value.RememberLogins);
    }

    /// <summary>Logs in by name and password. RFC 9051 §6.2.3.</summary>
    /// <exception cref="BackendException">The password is wrong, or the store cannot answer.</exception>
    /// <exception cref="CommandRefusedException">Too many logins have failed.</exception>
    public async ValueTask<IUser> ByPasswordAsync(ImapSession session, string username, string password, CancellationToken cancellationToken)
    {
        Require(session, username);
        var key = remembered.KeyOf(username, password);
        if (remembered.Find(key) is { } known && await TryKnownAsync(key, username, known, cancellationToken) is { } again)
            return again;
        await throttle.SlowAsync(username, cancellationToken);
        // Before the password is checked: if it changes in between, what is remembered fits neither, and is of no use to anybody.
        var stored = scram is null ? null : await scram.FindPasswordAsync(username, cancellationToken);
        var user = await CountAsync(session, username, () => backend.LoginAsync(username, password, cancellationToken), cancellationToken);
        if (stored is not null)
            remembered.Add(key, stored);
        return user;
    }

    /// <summary>What a client that wants to prove a password is told of it. RFC 5802 §3.</summary>
    /// <exception cref="CommandRefusedException">Too many logins have failed.</exception>
    public async ValueTask<StoredPassword> FindPasswordAsync(ImapSession session, string username, CancellationToken cancellationToken)
    {
        Require(session, username);
        await throttle.SlowAsync(username, cancellationToken);
        return await scram!.FindPasswordAsync(username, cancellationToken);
    }

    /// <summary>Logs in whoever has proved the password, and refuses whoever has not.</summary>
    /// <exception cref="BackendException">It is not proved, or not the user's any longer.</exception>
    public ValueTask<IUser> ProvedAsync(ImapSession session, string username, StoredPassword stored, bool isProved, CancellationToken cancellationToken) => CountAsync(
        session,
        username,
        () => isProved
            ? scram!.LoginProvedAsync(username, stored, cancellationToken)
            : throw new BackendException(BackendError.InvalidCredentials, "The user name or the password is wrong."),
        cancellationToken);

    /// <summary>Refuses to try where too many logins have failed.</summary>
    /// <exception cref="CommandRefusedException">It is so.</exception>
    public void Require(ImapSession session, string username)
    {
        try
        {
            throttle.Require(session.Pipe.Remote, username);
        }
        catch (CommandRefusedException)
        {
            session.LoginFailed();
            throw;
        }
    }

    /// <summary>Runs a login; counts it, and lets time go by, when it fails.</summary>
    public async ValueTask<IUser> CountAsync(ImapSession session, string username, Func<Task<IUser>> login, CancellationToken cancellationToken)
    {
        try
        {
            var user = await login();
            throttle.Succeeded(session.Pipe.Remote, username);
            return user;
        }
        catch (BackendException exception) when (exception.Error == BackendError.InvalidCredentials)
        {
            await throttle.FailedAsync(session.Pipe.Remote, username, cancellationToken);
            throw;
        }
    }

    // Whoever knows the password is not slowed down by those who guess it.
    async ValueTask<IUser?> TryKnownAsync(string key, string username, StoredPassword known, CancellationToken cancellationToken)
    {
        try
        {
            return await scram!.LoginProvedAsync(username, known, cancellationToken);
        }
        catch (BackendException exception) when (exception.Error == BackendError.InvalidCredentials)
        {
            remembered.Forget(key);
            return null;
        }
    }
}
