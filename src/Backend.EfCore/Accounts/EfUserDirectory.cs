using System.Runtime.CompilerServices;
using Backend.EfCore.Entities;
using Backend.EfCore.Mailboxes;
using Backend.EfCore.Tenancy;
using Backend.EfCore.Writing;

namespace Backend.EfCore.Accounts;

/// <inheritdoc/>
sealed class EfUserDirectory(MailStoreDatabase database) : IUserDirectory
{
    const int MaxPasswordLength = 1000;

    /// <inheritdoc/>
    public Task AddUserAsync(string username, string password, CancellationToken cancellationToken) => AddUserAsync(username, password, null, cancellationToken);

    /// <inheritdoc/>
    public Task AddUserAsync(string username, string password, string? tenant, CancellationToken cancellationToken)
    {
        UserName.Check(username);
        CheckPassword(password);
        return AddAsync(username, ScramVerifier.Create(password, database.Options.PasswordIterations), tenant, cancellationToken);
    }

    /// <inheritdoc/>
    public Task AddUserAsync(string username, StoredPassword password, string? tenant, CancellationToken cancellationToken)
    {
        UserName.Check(username);
        return AddAsync(username, ScramVerifier.From(password), tenant, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<UserInfo> ListUsersAsync(CancellationToken cancellationToken) => ListAsync(null, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<UserInfo> ListUsersAsync(string tenant, CancellationToken cancellationToken) => ListAsync(tenant, cancellationToken);

    /// <inheritdoc/>
    public Task SetPasswordAsync(string username, string password, CancellationToken cancellationToken)
    {
        CheckPassword(password);
        var verifier = ScramVerifier.Create(password, database.Options.PasswordIterations);
        return ChangeAsync(
            username,
            user => (user.Salt, user.Iterations, user.StoredKey, user.ServerKey) = (verifier.Salt, verifier.Iterations, verifier.StoredKey, verifier.ServerKey),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<StoredPassword> GetPasswordAsync(string username, CancellationToken cancellationToken) =>
        ScramVerifier.Of(await FindAsync(username, cancellationToken)).ToStored();

    /// <inheritdoc/>
    public Task SuspendUserAsync(string username, CancellationToken cancellationToken) => SetStateAsync(username, AccountState.Suspended, cancellationToken);

    /// <inheritdoc/>
    public Task ResumeUserAsync(string username, CancellationToken cancellationToken) => SetStateAsync(username, AccountState.Active, cancellationToken);

    /// <inheritdoc/>
    public async Task SetLimitsAsync(string username, QuotaLimits limits, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limits.MaxBytes ?? 0, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfNegative(limits.MaxMessages ?? 0, nameof(limits));
        await ChangeAsync(username, user => (user.MaxBytes, user.MaxMessages) = (limits.MaxBytes, limits.MaxMessages), cancellationToken);
        database.Sessions.Forget();
    }

    /// <inheritdoc/>
    public Task SetAdministratorAsync(string username, bool isAdministrator, CancellationToken cancellationToken) =>
        ChangeAsync(username, user => user.IsAdministrator = isAdministrator, cancellationToken);

    /// <inheritdoc/>
    public async Task RemoveUserAsync(string username, CancellationToken cancellationToken)
    {
        var user = await FindAsync(username, cancellationToken);
        if (!await new RemoveUser(database, user.Id).ExecuteAsync(cancellationToken))
            throw NoSuchUser(username);
    }

    /// <inheritdoc/>
    public async Task<IUser> OpenUserAsync(string username, CancellationToken cancellationToken)
    {
        var user = await FindAsync(username, cancellationToken);
        return new EfUser(database, Lease.ForUser(user.Id), user.Name);
    }

    static void CheckPassword(string password)
    {
        if (password.Length is 0 or > MaxPasswordLength)
            throw new BackendException(BackendError.InvalidPassword, $"The password has {password.Length} characters; 1 to {MaxPasswordLength} are taken.");
        if (password.Any(char.IsControl))
            throw new BackendException(BackendError.InvalidPassword, "The password has a control character in it, which no mail client could send.");
    }

    static BackendException NoSuchUser(string username) => new(BackendError.NoSuchUser, $"There is no user {username}.");

    static async Task<List<ListedUser>> ReadUsersAsync(MailStoreContext context, string? tenant, CancellationToken cancellationToken)
    {
        var name = tenant is null ? null : TenantName.Normalize(tenant);
        var tenants = await context.Tenants.Where(each => name == null || each.Name == name).ToDictionaryAsync(static each => each.Id, static each => each.Name, cancellationToken);
        if (name is not null && tenants.Count == 0)
            throw TenantRegister.NoSuchTenant(tenant!);
        var only = name is null ? 0 : tenants.Keys.Single();
        var users = await context.Users
            .Where(user => only == 0 || user.TenantId == only)
            .OrderBy(static user => user.NormalizedName)
            .Select(static user => new { user.Id, user.Name, user.TenantId, user.State, user.CreatedAt, user.MaxBytes, user.MaxMessages, user.IsAdministrator })
            .ToListAsync(cancellationToken);
        return users.ConvertAll(user => new ListedUser(user.Id, user.Name, tenants[user.TenantId], user.State, user.CreatedAt, new QuotaLimits(user.MaxBytes, user.MaxMessages), user.IsAdministrator));
    }

    async IAsyncEnumerable<UserInfo> ListAsync(string? tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var users = await database.ReadConsistentlyAsync(Lease.ForStore, (context, token) => ReadUsersAsync(context, tenant, token), cancellationToken);
        var next = 0;
        await foreach (var usage in new Usages(database).OfAsync(users.ConvertAll(static user => user.Id), cancellationToken))
        {
            var user = users[next++];
            yield return new UserInfo(user.Name, user.Tenant, user.State, usage.Mailboxes, usage.Messages, usage.Bytes, DateTimeOffset.FromUnixTimeSeconds(user.CreatedAt))
            {
                Limits = user.Limits,
                IsAdministrator = user.IsAdministrator,
            };
        }
    }

    async Task<UserEntity> FindAsync(string username, CancellationToken cancellationToken)
    {
        var name = UserName.Normalize(username);
        return await database.ReadAsync(Lease.ForLogin(name), (context, token) => database.Queries.Users.ByName(context, name, token), cancellationToken) ?? throw NoSuchUser(username);
    }

    async Task SetStateAsync(string username, AccountState state, CancellationToken cancellationToken)
    {
        await ChangeAsync(username, user => user.State = state, cancellationToken);
        database.Sessions.Forget();
    }

    async Task ChangeAsync(string username, Action<UserEntity> change, CancellationToken cancellationToken)
    {
        var found = await FindAsync(username, cancellationToken);
        await database.WriteAsync(
            Lease.ForUser(found.Id),
            async (scope, token) =>
            {
                var user = await database.Dialect.LockUserAsync(scope.Context, found.Id, token) ?? throw NoSuchUser(username);
                if (user.State == AccountState.Removing)
                    throw new BackendException(BackendError.Cannot, $"The user {user.Name} is being removed. Remove the user again to finish that.");
                change(user);
                await scope.Context.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);
    }

    Task<bool> AddAsync(string username, ScramVerifier verifier, string? tenant, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Lease.ForStore,
            async (scope, token) =>
            {
                await AddAsync(scope, username, verifier, tenant, token);
                return true;
            },
            cancellationToken);

    async Task AddAsync(WriteScope scope, string username, ScramVerifier verifier, string? named, CancellationToken cancellationToken)
    {
        var normalized = UserName.Normalize(username);
        var context = scope.Context;
        var register = new TenantRegister(database, scope);
        var byDefault = await register.LockAsync(cancellationToken);
        if (await context.Users.AnyAsync(user => user.NormalizedName == normalized, cancellationToken))
            throw new BackendException(BackendError.UserAlreadyExists, $"There is a user {username} already.");
        var tenant = await register.TenantForAsync(username, named, byDefault, cancellationToken);
        var user = new UserEntity
        {
            TenantId = tenant.Id,
            Name = username,
            NormalizedName = normalized,
            Salt = verifier.Salt,
            Iterations = verifier.Iterations,
            StoredKey = verifier.StoredKey,
            ServerKey = verifier.ServerKey,
            NextMailboxId = 1,
            CreatedAt = scope.Now.ToUnixTimeSeconds(),
        };
        context.Add(user);
        await context.SaveChangesAsync(cancellationToken);
        scope.Use(Lease.ForUser(user.Id));
        await MailboxTree.AddAsync(scope, user, MailboxName.Inbox, SpecialUse.None, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
    }

    sealed record ListedUser(int Id, string Name, string Tenant, AccountState State, long CreatedAt, QuotaLimits Limits, bool IsAdministrator);
}
