using System.Runtime.CompilerServices;

namespace Backend.Memory;

/// <summary>
/// A mail store that lives in this object and nowhere else: the reference for the others, and a store for unit tests. It keeps the whole
/// contract, has no limits but those of the contract and of memory, and prefers the plain way to the fast one. Thread-safe.
/// </summary>
/// <param name="clock">Tells the time that internal dates and UIDVALIDITYs are made of; that of the system when null.</param>
public sealed class MemoryBackend(TimeProvider? clock = null) : IScramBackend, ITrustedBackend, IUserDirectory, ITenantDirectory, IUpdater
{
    readonly Store store = new(clock ?? TimeProvider.System);
    readonly PasswordVerifier nobody = PasswordVerifier.Create("nobody");

    /// <inheritdoc/>
    public async Task<IUser> LoginAsync(string username, string password, CancellationToken cancellationToken)
    {
        var account = await store.RunAsync(() => store.Accounts.GetValueOrDefault(LoginName.Normalize(username)), cancellationToken);

        // An unknown name costs the same time and gives the same answer as a wrong password. RFC 9051 §11.6.
        var matches = (account?.Password ?? nobody).Matches(password);
        return account is { MayLogIn: true } && matches
            ? new MemoryUser(new Session(store, account, isUser: true))
            : throw new BackendException(BackendError.InvalidCredentials, "The user name or the password is wrong.");
    }

    /// <inheritdoc/>
    public Task<StoredPassword> FindPasswordAsync(string username, CancellationToken cancellationToken) => store.RunAsync(
        () => (store.Accounts.GetValueOrDefault(LoginName.Normalize(username))?.Password ?? nobody.Decoy(LoginName.Normalize(username))).ToStored(),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IUser> LoginProvedAsync(string username, StoredPassword proved, CancellationToken cancellationToken) =>
        LoginAsync(username, account => account.Password.ToStored().Equals(proved), cancellationToken);

    /// <inheritdoc/>
    public Task<IUser> LoginTrustedAsync(string username, CancellationToken cancellationToken) => LoginAsync(username, static _ => true, cancellationToken);

    /// <inheritdoc/>
    public bool Supports(Type capability) => capability.IsAssignableFrom(typeof(MemoryBackend)) || capability.IsAssignableFrom(typeof(MemoryMailbox)) || capability.IsAssignableFrom(typeof(MemoryUser));

    /// <inheritdoc/>
    public Task AddUserAsync(string username, string password, CancellationToken cancellationToken) => AddUserAsync(username, password, null, cancellationToken);

    /// <inheritdoc/>
    public async Task AddUserAsync(string username, string password, string? tenant, CancellationToken cancellationToken)
    {
        LoginName.Check(username);
        var verifier = PasswordVerifier.Create(password);
        await store.RunAsync(() => store.Add(username, verifier, tenant), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task AddUserAsync(string username, StoredPassword password, string? tenant, CancellationToken cancellationToken)
    {
        LoginName.Check(username);
        await store.RunAsync(() => store.Add(username, PasswordVerifier.From(password), tenant), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<UserInfo> ListUsersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var user in await store.RunAsync(() => store.Accounts.Values.Select(static account => account.Describe()).ToList(), cancellationToken))
            yield return user;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<UserInfo> ListUsersAsync(string tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var user in await store.RunAsync(() => store.UsersOf(store.FindTenant(tenant)).ConvertAll(static account => account.Describe()), cancellationToken))
            yield return user;
    }

    /// <inheritdoc/>
    public Task<StoredPassword> GetPasswordAsync(string username, CancellationToken cancellationToken) =>
        store.RunAsync(() => store.Find(username).Password.ToStored(), cancellationToken);

    /// <inheritdoc/>
    public Task SuspendUserAsync(string username, CancellationToken cancellationToken) =>
        store.RunAsync(() => store.Find(username).State = AccountState.Suspended, cancellationToken);

    /// <inheritdoc/>
    public Task ResumeUserAsync(string username, CancellationToken cancellationToken) =>
        store.RunAsync(() => store.Find(username).State = AccountState.Active, cancellationToken);

    /// <inheritdoc/>
    public async Task SetPasswordAsync(string username, string password, CancellationToken cancellationToken)
    {
        var verifier = PasswordVerifier.Create(password);
        await store.RunAsync(() => store.Find(username).Password = verifier, cancellationToken);
    }

    /// <inheritdoc/>
    public Task SetLimitsAsync(string username, QuotaLimits limits, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limits.MaxBytes ?? 0, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfNegative(limits.MaxMessages ?? 0, nameof(limits));
        return store.RunAsync(() => store.Find(username).Limits = limits, cancellationToken);
    }

    /// <inheritdoc/>
    public Task SetAdministratorAsync(string username, bool isAdministrator, CancellationToken cancellationToken) =>
        store.RunAsync(() => store.Find(username).IsAdministrator = isAdministrator, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveUserAsync(string username, CancellationToken cancellationToken) => store.RunAsync(() => store.Remove(username), cancellationToken);

    /// <inheritdoc/>
    public Task<IUser> OpenUserAsync(string username, CancellationToken cancellationToken) =>
        store.RunAsync<IUser>(() => new MemoryUser(new Session(store, store.Find(username), isUser: false)), cancellationToken);

    /// <inheritdoc/>
    public async Task AddTenantAsync(string tenant, IReadOnlyCollection<string> domains, int? maxUsers, CancellationToken cancellationToken)
    {
        var (name, normalized) = (TenantName.Check(tenant), domains.Select(TenantName.CheckDomain).Distinct().ToArray());
        RequireLimit(maxUsers);
        await store.RunAsync(() => store.AddTenant(name, normalized, maxUsers), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TenantInfo> ListTenantsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var tenant in await store.RunAsync(() => store.Tenants.Values.Select(Describe).ToList(), cancellationToken))
            yield return tenant;
    }

    /// <inheritdoc/>
    public async Task AddDomainAsync(string tenant, string domain, CancellationToken cancellationToken)
    {
        var normalized = TenantName.CheckDomain(domain);
        await store.RunAsync(() => store.AddDomain(store.FindTenant(tenant), normalized), cancellationToken);
    }

    /// <inheritdoc/>
    public Task RemoveDomainAsync(string tenant, string domain, CancellationToken cancellationToken) =>
        store.RunAsync(
            () =>
            {
                if (!store.FindTenant(tenant).Domains.Remove(TenantName.NormalizeDomain(domain)))
                    throw new BackendException(BackendError.NoSuchDomain, $"The tenant {tenant} has no domain {domain}.");
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task SetMaxUsersAsync(string tenant, int? maxUsers, CancellationToken cancellationToken)
    {
        RequireLimit(maxUsers);
        await store.RunAsync(() => store.FindTenant(tenant).MaxUsers = maxUsers, cancellationToken);
    }

    /// <inheritdoc/>
    public Task SuspendTenantAsync(string tenant, CancellationToken cancellationToken) =>
        store.RunAsync(() => store.FindTenant(tenant).State = AccountState.Suspended, cancellationToken);

    /// <inheritdoc/>
    public Task ResumeTenantAsync(string tenant, CancellationToken cancellationToken) =>
        store.RunAsync(() => store.FindTenant(tenant).State = AccountState.Active, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveTenantAsync(string tenant, CancellationToken cancellationToken) =>
        store.RunAsync(
            () =>
            {
                var found = store.FindTenant(tenant);
                foreach (var account in store.UsersOf(found))
                    store.Remove(account.Username);
                store.Tenants.Remove(found.Name);
            },
            cancellationToken);

    /// <inheritdoc/>
    public IUpdateSubscription Subscribe(string username) => store.Subscribe(username);

    /// <summary>Hands out an update that is not of the store's own making, such as a <see cref="StatusUpdate"/> that users should read.</summary>
    /// <param name="update">An update that has not been handed out before.</param>
    public void Publish(Update update) => store.PublishAlone(update);

    /// <summary>Makes a mailbox go on with this UID, as if all before it had been used: tests cannot use up four billion.</summary>
    internal Task SkipUidsAsync(string username, MailboxName mailbox, Uid next, CancellationToken cancellationToken) =>
        store.RunAsync(() => store.Find(username).Open(mailbox).NextUid = next.Value, cancellationToken);

    /// <summary>What is wrong in the store, one sentence each, though nothing ever should be.</summary>
    internal Task<List<string>> CheckInvariantsAsync(CancellationToken cancellationToken) =>
        store.RunAsync(() => store.Accounts.Values.SelectMany(static account => account.Mailboxes.Values).SelectMany(static mailbox => mailbox.Faults()).ToList(), cancellationToken);

    Task<IUser> LoginAsync(string username, Func<Account, bool> isRight, CancellationToken cancellationToken) => store.RunAsync<IUser>(
        () => store.Accounts.GetValueOrDefault(LoginName.Normalize(username)) is { MayLogIn: true } account && isRight(account)
            ? new MemoryUser(new Session(store, account, isUser: true))
            : throw new BackendException(BackendError.InvalidCredentials, "The user name or the password is wrong."),
        cancellationToken);

    static void RequireLimit(int? maxUsers) => ArgumentOutOfRangeException.ThrowIfNegative(maxUsers ?? 0, nameof(maxUsers));

    TenantInfo Describe(Tenant tenant)
    {
        var users = store.UsersOf(tenant).ConvertAll(static account => account.Describe());
        return new TenantInfo(tenant.Name, [.. tenant.Domains], tenant.State, tenant.MaxUsers, users.Count, users.Sum(static user => user.Messages), users.Sum(static user => user.Size));
    }
}
