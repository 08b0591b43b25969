using Backend.EfCore.Entities;
using Backend.EfCore.Tenancy;

namespace Backend.EfCore.Accounts;

/// <summary>The quota roots that a user sees. RFC 9208.</summary>
sealed class UserQuota(MailStoreDatabase database, Lease lease, string username)
{
    /// <summary>The user's own.</summary>
    public Task<QuotaRoot> GetOwnAsync(CancellationToken cancellationToken) => ReadAsync(lease, cancellationToken);

    public async Task<QuotaRoot> GetAsync(string root, CancellationToken cancellationToken) =>
        IsOwn(root) ? await GetOwnAsync(cancellationToken) : await ReadAsync(Lease.ForUser(await FindAsync(root, cancellationToken)), cancellationToken);

    public async Task<QuotaRoot> SetAsync(string root, QuotaLimits limits, CancellationToken cancellationToken)
    {
        if (await ReadUserAsync(lease, cancellationToken) is not { IsAdministrator: true })
            throw new BackendException(BackendError.NoPermission, "Only an administrator can set quotas.");
        if (!IsOwn(root))
            await FindAsync(root, cancellationToken);
        await new EfUserDirectory(database).SetLimitsAsync(root, limits, cancellationToken);
        return await GetAsync(root, cancellationToken);
    }

    static BackendException NoSuchRoot(string root) => new(BackendError.NoSuchQuotaRoot, $"There is no quota root \"{root}\" for you.");

    bool IsOwn(string root) => UserName.Normalize(root) == UserName.Normalize(username);

    /// <summary>Another user of the tenant, if this one is an administrator.</summary>
    async Task<int> FindAsync(string root, CancellationToken cancellationToken)
    {
        if (await ReadUserAsync(lease, cancellationToken) is not { IsAdministrator: true, TenantId: var tenantId })
            throw NoSuchRoot(root);
        var name = UserName.Normalize(root);
        var found = await database.ReadAsync(Lease.ForLogin(name), (context, token) => database.Queries.Users.ByName(context, name, token), cancellationToken);
        return found is not null && found.TenantId == tenantId ? found.Id : throw NoSuchRoot(root);
    }

    Task<UserEntity?> ReadUserAsync(Lease whose, CancellationToken cancellationToken) =>
        database.ReadAsync(whose, (context, token) => context.Users.SingleOrDefaultAsync(user => user.Id == whose.UserId, token), cancellationToken);

    Task<QuotaRoot> ReadAsync(Lease whose, CancellationToken cancellationToken) =>
        database.ReadConsistentlyAsync(
            whose,
            async (context, token) =>
            {
                var user = await context.Users.SingleOrDefaultAsync(user => user.Id == whose.UserId, token) ?? throw NoSuchRoot(username);
                var used = await database.Queries.Mailboxes.Usage(context, whose.UserId, token);
                return new QuotaRoot(user.Name, used?.Bytes ?? 0, used?.Messages ?? 0, new QuotaLimits(user.MaxBytes, user.MaxMessages));
            },
            cancellationToken);
}
