using Backend.EfCore.Entities;
using Backend.EfCore.Writing;

namespace Backend.EfCore.Accounts;

/// <summary>
/// Who belongs to whom, in the caller's transaction. The row of the default tenant is the lock under which domains and names are given out, so that
/// no name is given to one tenant while its domain goes to another, and no tenant gets more users than it may have.
/// </summary>
sealed class TenantRegister(MailStoreDatabase database, WriteScope scope)
{
    readonly MailStoreContext context = scope.Context;

    public static BackendException NoSuchTenant(string tenant) => new(BackendError.NoSuchTenant, $"There is no tenant {tenant}.");

    /// <summary>Takes the lock.</summary>
    /// <returns>The default tenant, which is made where it is missing.</returns>
    public async Task<TenantEntity> LockAsync(CancellationToken cancellationToken)
    {
        var id = await context.Tenants.Where(static tenant => tenant.Name == ITenantDirectory.Default).Select(static tenant => tenant.Id).SingleOrDefaultAsync(cancellationToken);
        if (id > 0 && await database.Dialect.LockTenantAsync(context, id, cancellationToken) is { } found)
            return found;
        var made = new TenantEntity { Name = ITenantDirectory.Default };
        context.Add(made);
        await context.SaveChangesAsync(cancellationToken);
        return made;
    }

    /// <summary>A tenant by its name, tracked. Not one that is being removed.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchTenant"/>; <see cref="BackendError.Cannot"/>.</exception>
    public async Task<TenantEntity> FindAsync(string name, CancellationToken cancellationToken)
    {
        var normalized = TenantName.Normalize(name);
        var tenant = await context.Tenants.AsTracking().SingleOrDefaultAsync(each => each.Name == normalized, cancellationToken) ?? throw NoSuchTenant(name);
        return tenant.State == AccountState.Removing ? throw BeingRemoved(tenant) : tenant;
    }

    /// <summary>The tenant that a new user belongs to, if it may have one more. The lock is held.</summary>
    public async Task<TenantEntity> TenantForAsync(string username, string? named, TenantEntity byDefault, CancellationToken cancellationToken)
    {
        var wanted = named is null ? null : await FindAsync(named, cancellationToken);
        var owner = TenantName.DomainOf(username) is { } domain ? await OwnerOfAsync(domain, cancellationToken) : null;
        if (owner is not null && wanted is not null && owner != wanted.Name)
            throw new BackendException(BackendError.DomainTaken, $"The domain of {username} is the tenant {owner}'s.");
        var tenant = wanted ?? (owner is null ? byDefault : await FindAsync(owner, cancellationToken));
        if (tenant.State == AccountState.Removing)
            throw BeingRemoved(tenant);
        await RequireRoomAsync(tenant, 1, cancellationToken);
        return tenant;
    }

    /// <summary>Gives a tenant a domain, and the default tenant's users of that name. The lock is held.</summary>
    public async Task AddDomainAsync(TenantEntity tenant, string domain, TenantEntity byDefault, CancellationToken cancellationToken)
    {
        if (await OwnerOfAsync(domain, cancellationToken) is { } owner)
        {
            if (owner != tenant.Name)
                throw new BackendException(BackendError.DomainTaken, $"The domain {domain} is the tenant {owner}'s.");
            return;
        }

        var end = TenantName.EndOf(domain);
        var users = context.Users.Where(user => user.NormalizedName.EndsWith(end) && user.TenantId != tenant.Id);
        if (await users.Where(user => user.TenantId != byDefault.Id).Select(static user => user.Name).FirstOrDefaultAsync(cancellationToken) is { } other)
            throw new BackendException(BackendError.DomainTaken, $"Another tenant has users of the domain {domain}, such as {other}.");
        var count = await users.CountAsync(cancellationToken);
        // Whoever removes the default tenant has made a list of its users, and does not look again.
        if (count > 0 && byDefault.State == AccountState.Removing)
            throw BeingRemoved(byDefault);
        await RequireRoomAsync(tenant, count, cancellationToken);
        context.Add(new TenantDomainEntity { Domain = domain, TenantId = tenant.Id });
        await context.SaveChangesAsync(cancellationToken);
        var moved = await users.Select(static user => user.Id).ToArrayAsync(cancellationToken);
        await users.ExecuteUpdateAsync(set => set.SetProperty(static user => user.TenantId, tenant.Id), cancellationToken);
        await MoveRightsAsync(tenant, moved, cancellationToken);
    }

    /// <summary>What users shared among themselves goes with them; what was shared with those who stay, or by them, is taken back.</summary>
    async Task MoveRightsAsync(TenantEntity tenant, int[] moved, CancellationToken cancellationToken)
    {
        foreach (var page in moved.Chunk(1000))
            await context.MailboxRights.Where(rights => EF.Parameter(page).Contains(rights.UserId)).ExecuteUpdateAsync(set => set.SetProperty(static rights => rights.TenantId, tenant.Id), cancellationToken);
        foreach (var page in moved.Chunk(1000))
            await context.MailboxRights
                .Where(rights => EF.Parameter(page).Contains(rights.UserId) || EF.Parameter(page).Contains(rights.GranteeId!.Value))
                .Where(rights => context.Users.Any(user => user.Id == rights.GranteeId && user.TenantId != rights.TenantId))
                .ExecuteDeleteAsync(cancellationToken);
    }

    static BackendException BeingRemoved(TenantEntity tenant) => new(BackendError.Cannot, $"The tenant {tenant.Name} is being removed. Remove it again to finish that.");

    Task<string?> OwnerOfAsync(string domain, CancellationToken cancellationToken) =>
        context.TenantDomains
            .Where(each => each.Domain == domain)
            .Join(context.Tenants, static each => each.TenantId, static tenant => tenant.Id, static (_, tenant) => tenant.Name)
            .SingleOrDefaultAsync(cancellationToken);

    async Task RequireRoomAsync(TenantEntity tenant, int more, CancellationToken cancellationToken)
    {
        if (more > 0 && tenant.MaxUsers is { } limit && await context.Users.CountAsync(user => user.TenantId == tenant.Id, cancellationToken) + more > limit)
            throw new BackendException(BackendError.Limit, $"The tenant {tenant.Name} can have {limit} users. Remove some first, or let it have more.");
    }
}
