namespace Backend.Memory;

/// <summary>
/// The accounts, the subscriptions to updates, and the one lock under which everything is read and changed. So whatever an operation sees
/// is one state, and updates are published in the order of the changes.
/// </summary>
sealed class Store(TimeProvider clock)
{
    readonly Lock gate = new();
    readonly List<UpdateSubscription> subscriptions = [];
    long lastUidValidity;

    /// <summary>By their normalized names, in whose order they are listed.</summary>
    public SortedDictionary<string, Account> Accounts { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Runs an operation alone. It throws, if it throws, before it changes anything.</summary>
    public Task<T> RunAsync<T>(Func<T> operation, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        try
        {
            lock (gate)
                return Task.FromResult(operation());
        }
        catch (BackendException refusal)
        {
            return Task.FromException<T>(refusal);
        }
    }

    /// <summary>As above, for what gives nothing.</summary>
    public Task RunAsync(Action operation, CancellationToken cancellationToken) =>
        RunAsync(
            () =>
            {
                operation();
                return true;
            },
            cancellationToken);

    public Account Find(string username) =>
        Accounts.GetValueOrDefault(LoginName.Normalize(username)) ?? throw new BackendException(BackendError.NoSuchUser, $"There is no user {username}.");

    public void Add(string username, PasswordVerifier password)
    {
        if (!Accounts.TryAdd(LoginName.Normalize(username), new Account(this, username, password)))
            throw new BackendException(BackendError.UserAlreadyExists, $"There is a user {username} already.");
    }

    public void Remove(string username)
    {
        var account = Find(username);
        Accounts.Remove(LoginName.Normalize(username));
        account.Close();
    }

    /// <summary>
    /// A UIDVALIDITY that no mailbox of the store had yet and that is above all that were, so no history of UIDs is needed for a name that is
    /// made again. The clock in seconds, so that it rises too when a program starts anew with an empty store. RFC 9051 §2.3.1.1.
    /// </summary>
    public UidValidity NewUidValidity()
    {
        lastUidValidity = Math.Max(Now.ToUnixTimeSeconds(), lastUidValidity + 1);
        return new UidValidity((uint)lastUidValidity);
    }

    public IUpdateSubscription Subscribe(string username)
    {
        var subscription = new UpdateSubscription(this, username);
        lock (gate)
            subscriptions.Add(subscription);
        return subscription;
    }

    public void Unsubscribe(UpdateSubscription subscription)
    {
        lock (gate)
            subscriptions.Remove(subscription);
    }

    /// <summary>Publishes an update of what the running operation has just changed.</summary>
    public void Publish(Update update)
    {
        var receivers = subscriptions.FindAll(subscription => update.Username is null || subscription.Username.Equals(update.Username, StringComparison.OrdinalIgnoreCase));
        update.Dispatch(receivers.Count);
        foreach (var receiver in receivers)
            receiver.Give(update);
    }

    /// <summary>Publishes an update outside any operation.</summary>
    public void PublishAlone(Update update)
    {
        lock (gate)
            Publish(update);
    }
}
