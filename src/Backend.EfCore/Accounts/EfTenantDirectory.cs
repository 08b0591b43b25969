using System.Runtime.CompilerServices;
using Backend.EfCore.Entities;
using Backend.EfCore.Tenancy;

namespace Backend.EfCore.Accounts;

/// <inheritdoc/>
sealed class EfTenantDirectory(MailStoreDatabase database) : ITenantDirectory
{
    /// <inheritdoc/>
    public async Task AddTenantAsync(string tenant, IReadOnlyCollection<string> domains, int? maxUsers, CancellationToken cancellationToken)
    {
        var name = TenantName.Check(tenant);
        string[] normalized = [.. domains.Select(TenantName.CheckDomain)];
        RequireLimit(maxUsers);
        await WriteAsync(
            async (register, context, token) =>
            {
                // The lock makes the default tenant where it is missing, and then it is there already.
                var isThere = await context.Tenants.AnyAsync(each => each.Name == name, token);
                var byDefault = await register.LockAsync(token);
                if (isThere || (name != byDefault.Name && await context.Tenants.AnyAsync(each => each.Name == name, token)))
                    throw new BackendException(BackendError.TenantAlreadyExists, $"There is a tenant {name} already.");
                var added = name == byDefault.Name ? byDefault : context.Add(new TenantEntity { Name = name }).Entity;
                added.MaxUsers = maxUsers;
                await context.SaveChangesAsync(token);
                foreach (var domain in normalized)
                    await register.AddDomainAsync(added, domain, byDefault, token);
            },
            cancellationToken);
        database.Sessions.Forget();
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TenantInfo> ListTenantsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (tenants, domains, users) = await database.ReadConsistentlyAsync(
            Lease.ForStore,
            static async (context, token) => (
                await context.Tenants.OrderBy(static tenant => tenant.Name).ToListAsync(token),
                (await context.TenantDomains.OrderBy(static domain => domain.Domain).ToListAsync(token)).ToLookup(static domain => domain.TenantId, static domain => domain.Domain),
                (await context.Users.Select(static user => new { user.Id, user.TenantId }).ToListAsync(token)).ToLookup(static user => user.TenantId, static user => user.Id)),
            cancellationToken);
        foreach (var tenant in tenants)
        {
            var (count, messages, octets) = (0L, 0L, 0L);
            await foreach (var usage in new Usages(database).OfAsync([.. users[tenant.Id]], cancellationToken))
                (count, messages, octets) = (count + 1, messages + usage.Messages, octets + usage.Bytes);
            yield return new TenantInfo(tenant.Name, [.. domains[tenant.Id]], tenant.State, tenant.MaxUsers, count, messages, octets);
        }
    }

    /// <inheritdoc/>
    public async Task AddDomainAsync(string tenant, string domain, CancellationToken cancellationToken)
    {
        var normalized = TenantName.CheckDomain(domain);
        await WriteAsync(
            async (register, _, token) =>
            {
                var byDefault = await register.LockAsync(token);
                await register.AddDomainAsync(await register.FindAsync(tenant, token), normalized, byDefault, token);
            },
            cancellationToken);
        database.Sessions.Forget();
    }

    /// <inheritdoc/>
    public Task RemoveDomainAsync(string tenant, string domain, CancellationToken cancellationToken)
    {
        var normalized = TenantName.NormalizeDomain(domain);
        return WriteAsync(
            async (register, context, token) =>
            {
                await register.LockAsync(token);
                var found = await register.FindAsync(tenant, token);
                if (await context.TenantDomains.Where(each => each.Domain == normalized && each.TenantId == found.Id).ExecuteDeleteAsync(token) == 0)
                    throw new BackendException(BackendError.NoSuchDomain, $"The tenant {found.Name} has no domain {domain}.");
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task SetMaxUsersAsync(string tenant, int? maxUsers, CancellationToken cancellationToken)
    {
        RequireLimit(maxUsers);
        return ChangeAsync(tenant, found => found.MaxUsers = maxUsers, cancellationToken);
    }

    /// <inheritdoc/>
    public Task SuspendTenantAsync(string tenant, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, static found => found.State = AccountState.Suspended, cancellationToken);

    /// <inheritdoc/>
    public Task ResumeTenantAsync(string tenant, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, static found => found.State = AccountState.Active, cancellationToken);

    /// <inheritdoc/>
    public async Task RemoveTenantAsync(string tenant, CancellationToken cancellationToken)
    {
        var name = TenantName.Normalize(tenant);
        var tenantId = await database.WriteAsync(
            Lease.ForStore,
            async (scope, token) =>
            {
                await new TenantRegister(database, scope).LockAsync(token);
                var found = await scope.Context.Tenants.AsTracking().SingleOrDefaultAsync(each => each.Name == name, token) ?? throw TenantRegister.NoSuchTenant(tenant);
                found.State = AccountState.Removing;
                await scope.Context.SaveChangesAsync(token);
                return found.Id;
            },
            cancellationToken);
        database.Sessions.Forget();
        var users = await database.ReadAsync(Lease.ForStore, (context, token) => context.Users.Where(user => user.TenantId == tenantId).Select(static user => user.Id).ToListAsync(token), cancellationToken);
        foreach (var userId in users)
            await new RemoveUser(database, userId).ExecuteAsync(cancellationToken);
        await database.WriteAsync(Lease.ForStore, (scope, token) => scope.Context.Tenants.Where(each => each.Id == tenantId).ExecuteDeleteAsync(token), cancellationToken);
    }

    static void RequireLimit(int? maxUsers)
    {
        if (maxUsers is { } limit)
            ArgumentOutOfRangeException.ThrowIfNegative(limit, nameof(maxUsers));
    }

    async Task ChangeAsync(string tenant, Action<TenantEntity> change, CancellationToken cancellationToken)
    {
        await WriteAsync(
            async (register, context, token) =>
            {
                await register.LockAsync(token);
                change(await register.FindAsync(tenant, token));
                await context.SaveChangesAsync(token);
            },
            cancellationToken);
        database.Sessions.Forget();
    }

    Task<bool> WriteAsync(Func<TenantRegister, MailStoreContext, CancellationToken, Task> change, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Lease.ForStore,
            async (scope, token) =>
            {
                await change(new TenantRegister(database, scope), scope.Context, token);
                return true;
            },
            cancellationToken);
}
