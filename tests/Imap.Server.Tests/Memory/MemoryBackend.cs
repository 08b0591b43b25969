using System.Collections.Concurrent;

namespace Imap.Server.Tests.Memory;

/// <summary>A store in memory, as simple as the server's own tests allow. Not a reference: the specification of backends does not know it.</summary>
public sealed class MemoryBackend : IBackend, IUpdater
{
    readonly ConcurrentDictionary<string, MemoryAccount> accounts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Called before each operation; throws what an operation is to fail with.</summary>
    public Action<string>? Intercept { get; set; }

    public MemoryAccount AddUser(string username, string password) =>
        accounts.GetOrAdd(username, name => new MemoryAccount(this, name, password));

    public Task<IUser> LoginAsync(string username, string password, CancellationToken cancellationToken)
    {
        Intercept?.Invoke("login");
        return accounts.TryGetValue(username, out var account) && account.Password == password
            ? Task.FromResult<IUser>(new MemoryUser(account))
            : throw new BackendException(BackendError.InvalidCredentials, "The user name or the password is wrong.");
    }

    public IUpdateSubscription Subscribe(string username) => accounts[username].Subscribe();
}
