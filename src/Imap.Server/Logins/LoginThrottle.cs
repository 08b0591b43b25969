using System.Net;
using Imap.Server.Wire;

namespace Imap.Server.Logins;

/// <summary>
/// Makes guessing passwords slow. Too many failures from one address end its tries for a while, and too many at one name from one address the
/// tries at that name from there. Failures at a name from anywhere only slow down, so that nobody can lock out its owner. Thread-safe.
/// </summary>
sealed class LoginThrottle(ImapServerOptions options, TimeProvider time)
{
    const int Capacity = 100_000;
    const int MaxName = 255;

    // From so many failures on, from wherever, a name is tried only slowly.
    const int SlowFrom = 10;

    static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(8);

    readonly SlidingWindow addresses = new(time, options.FailedLoginWindow, Capacity);
    readonly SlidingWindow names = new(time, options.FailedLoginWindow, Capacity);
    readonly SlidingWindow pairs = new(time, options.FailedLoginWindow, Capacity);

    /// <summary>Refuses to try, whatever the password is. RFC 5530 §3: UNAVAILABLE, for it says nothing of the password.</summary>
    /// <exception cref="CommandRefusedException">There were too many failures.</exception>
    public void Require(EndPoint? remote, string username)
    {
        if ((AddressOf(remote) is { } address && addresses.Count(address) >= options.MaxFailedLoginsPerAddress)
            || (username.Length > 0 && pairs.Count(PairOf(remote, username)) >= options.MaxFailedLoginsPerName))
            throw new CommandRefusedException(ResponseCode.Unavailable, "Too many logins have failed. Try again later.");
    }

    /// <summary>Waits before a password is looked at, where somebody is guessing that of this name.</summary>
    public Task SlowAsync(string username, CancellationToken cancellationToken)
    {
        var failures = names.Count(NameOf(username));
        return failures < SlowFrom ? Task.CompletedTask : DelayAsync(failures - SlowFrom + 1, cancellationToken);
    }

    /// <summary>Takes note of a failure, and lets time go by: more each time.</summary>
    /// <param name="remote">From where.</param>
    /// <param name="username">At which name; empty when none was told, as with a token that nobody can read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task FailedAsync(EndPoint? remote, string username, CancellationToken cancellationToken)
    {
        if (AddressOf(remote) is { } address)
            addresses.Add(address);
        if (username.Length == 0)
            return DelayAsync(1, cancellationToken);
        names.Add(NameOf(username));
        return DelayAsync(pairs.Add(PairOf(remote, username)), cancellationToken);
    }

    /// <summary>The owner has come: what failed from there at that name was mistyped.</summary>
    public void Succeeded(EndPoint? remote, string username) => pairs.Forget(PairOf(remote, username));

    static string NameOf(string username)
    {
        try
        {
            username = username.Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        }
        catch (ArgumentException)
        {
            // Not Unicode text: nobody's name.
        }

        return username.Length > MaxName ? username[..MaxName] : username;
    }

    static string PairOf(EndPoint? remote, string username) => $"{ClientAddress.Of(remote, countLoopback: true)} {NameOf(username)}";

    string? AddressOf(EndPoint? remote) => ClientAddress.Of(remote, options.LimitLoopback);

    Task DelayAsync(double failures, CancellationToken cancellationToken)
    {
        var delay = options.FailedLoginDelay * Math.Pow(2, Math.Clamp(failures - 1, 0, 10));
        return Task.Delay(delay < MaxDelay ? delay : MaxDelay, time, cancellationToken);
    }
}
