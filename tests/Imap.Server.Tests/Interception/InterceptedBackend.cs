namespace Imap.Server.Tests.Interception;

/// <summary>Stands between the server and a store, and may hold up or fail whatever the server asks for.</summary>
public sealed class InterceptedBackend(IBackend backend) : IScramBackend, ITrustedBackend
{
    int openListings;

    /// <summary>How many listings of messages have begun and not ended: in a database each holds a connection.</summary>
    public int OpenListings => Volatile.Read(ref openListings);

    /// <summary>Called before each operation with its name; throws what the operation is to fail with.</summary>
    public Action<string>? Intercept { get; set; }

    public async Task<IUser> LoginAsync(string username, string password, CancellationToken cancellationToken)
    {
        Before("login");
        return new InterceptedUser(this, await backend.LoginAsync(username, password, cancellationToken));
    }

    public Task<StoredPassword> FindPasswordAsync(string username, CancellationToken cancellationToken)
    {
        Before("find password");
        return ((IScramBackend)backend).FindPasswordAsync(username, cancellationToken);
    }

    public async Task<IUser> LoginProvedAsync(string username, StoredPassword proved, CancellationToken cancellationToken)
    {
        Before("login proved");
        return new InterceptedUser(this, await ((IScramBackend)backend).LoginProvedAsync(username, proved, cancellationToken));
    }

    public async Task<IUser> LoginTrustedAsync(string username, CancellationToken cancellationToken)
    {
        Before("login trusted");
        return new InterceptedUser(this, await ((ITrustedBackend)backend).LoginTrustedAsync(username, cancellationToken));
    }

    public bool Supports(Type capability) => (capability.IsAssignableFrom(typeof(InterceptedBackend)) || capability.IsAssignableFrom(typeof(InterceptedUser)) || capability.IsAssignableFrom(typeof(InterceptedMailbox))) && backend.Supports(capability);

    public void ListingBegins() => Interlocked.Increment(ref openListings);

    public void ListingEnds() => Interlocked.Decrement(ref openListings);

    public void Before(string operation) => Intercept?.Invoke(operation);
}
