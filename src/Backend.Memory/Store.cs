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

    /// <summary>By their names.</summary>
    public SortedDictionary<string, Tenant> Tenants { get; } = new(StringComparer.Ordinal);

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

    public void Add(string username, PasswordVerifier password, string? named)
    {
        if (Accounts.ContainsKey(LoginName.Normalize(username)))
            throw new BackendException(BackendError.UserAlreadyExists, $"There is a user {username} already.");
        var owner = OwnerOf(TenantName.DomainOf(username));
        var wanted = named is null ? owner ?? FindTenant(ITenantDirectory.Default) : FindTenant(named);
        if (owner is not null && owner != wanted)
            throw new BackendException(BackendError.DomainTaken, $"The domain of {username} is the tenant {owner.Name}'s.");
        RequireRoom(wanted, 1);
        Accounts.Add(LoginName.Normalize(username), new Account(this, username, password, wanted));
    }

    /// <summary>A tenant by its name; the default one is always there.</summary>
    public Tenant FindTenant(string name)
    {
        var normalized = TenantName.Normalize(name);
        if (normalized == ITenantDirectory.Default)
            Tenants.TryAdd(normalized, new Tenant(normalized));
        return Tenants.GetValueOrDefault(normalized) ?? throw new BackendException(BackendError.NoSuchTenant, $"There is no tenant {name}.");
    }

    public void AddTenant(string name, string[] domains, int? maxUsers)
    {
        if (Tenants.ContainsKey(name))
            throw new BackendException(BackendError.TenantAlreadyExists, $"There is a tenant {name} already.");
        var tenant = new Tenant(name) { MaxUsers = maxUsers };
        foreach (var domain in domains)
            RequireFree(domain, tenant);
        RequireRoom(tenant, Accounts.Values.Count(account => domains.Contains(TenantName.DomainOf(account.Username)) && account.Tenant != tenant));
        Tenants.Add(name, tenant);
        foreach (var domain in domains)
            Give(domain, tenant);
    }

    public void AddDomain(Tenant tenant, string domain)
    {
        RequireFree(domain, tenant);
        RequireRoom(tenant, Accounts.Values.Count(account => TenantName.DomainOf(account.Username) == domain && account.Tenant != tenant));
        Give(domain, tenant);
    }

    public List<Account> UsersOf(Tenant tenant) => [.. Accounts.Values.Where(account => account.Tenant == tenant)];

    public void Remove(string username)
    {
        var account = Find(username);
        Accounts.Remove(LoginName.Normalize(username));
        account.Close();
    }

    Tenant? OwnerOf(string? domain) => Tenants.Values.FirstOrDefault(tenant => domain is not null && tenant.Domains.Contains(domain));

    void RequireRoom(Tenant tenant, int more)
    {
        if (more > 0 && UsersOf(tenant).Count + more > tenant.MaxUsers)
            throw new BackendException(BackendError.Limit, $"The tenant {tenant.Name} can have {tenant.MaxUsers} users.");
    }

    void RequireFree(string domain, Tenant forWhom)
    {
        if (OwnerOf(domain) is { } owner && owner != forWhom)
            throw new BackendException(BackendError.DomainTaken, $"The domain {domain} is the tenant {owner.Name}'s.");
        if (Accounts.Values.FirstOrDefault(account => TenantName.DomainOf(account.Username) == domain && account.Tenant != forWhom && account.Tenant.Name != ITenantDirectory.Default) is { } other)
            throw new BackendException(BackendError.DomainTaken, $"Another tenant has users of the domain {domain}, such as {other.Username}.");
    }

    void Give(string domain, Tenant tenant)
    {
        tenant.Domains.Add(domain);
        foreach (var account in Accounts.Values.Where(account => TenantName.DomainOf(account.Username) == domain))
            account.Tenant = tenant;
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
