using System.Collections.Concurrent;

namespace Backend.EfCore.Tenancy;

/// <summary>
/// Whether users who have logged in may still be here. It is looked up once a second for each, so that it costs nearly nothing and a suspension
/// reaches every process; in the process that suspends it is known at once. Thread-safe.
/// </summary>
sealed class SessionCheck(MailStoreDatabase database, TimeProvider clock)
{
    /// <summary>How long what was looked up is taken for true.</summary>
    static readonly TimeSpan Validity = TimeSpan.FromSeconds(1);

    /// <summary>More users than are at work in one second are forgotten.</summary>
    const int Capacity = 100_000;

    readonly ConcurrentDictionary<int, (long Time, bool IsActive, int TenantId, bool HasLimits)> known = new();

    /// <summary>Lets a session go on.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.Suspended"/>.</exception>
    public ValueTask RequireActiveAsync(Lease lease, CancellationToken cancellationToken)
    {
        if (!lease.IsSession)
            return ValueTask.CompletedTask;
        var userId = lease.Guest?.UserId ?? lease.UserId;
        if (!known.TryGetValue(userId, out var last) || !last.IsActive || clock.GetElapsedTime(last.Time) >= Validity)
            return LookAsync(userId, lease.Guest, cancellationToken);
        Tell(lease.Guest, last.TenantId);
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether the mail of who works under a lease may be limited: false only of a session whose user has lately been found to be without limits.</summary>
    public bool MayHaveLimits(Lease lease) => !lease.IsSession || lease.Guest is not null || !known.TryGetValue(lease.UserId, out var last) || last.HasLimits;

    /// <summary>Somebody was suspended or resumed, is of another tenant now, or has other limits.</summary>
    public void Forget() => known.Clear();

    async ValueTask LookAsync(int userId, Guest? guest, CancellationToken cancellationToken)
    {
        var time = clock.GetTimestamp();
        var (isActive, tenantId, hasLimits) = await database.ReadAsync(Lease.ForUser(userId), (context, token) => ReadAsync(context, userId, token), cancellationToken);
        if (known.Count >= Capacity)
            known.Clear();
        known[userId] = (time, isActive, tenantId, hasLimits);
        Tell(guest, tenantId);
        if (!isActive)
            throw new BackendException(BackendError.Suspended, "The account has been suspended. Ask its administrator.");
    }

    /// <summary>A user who is gone is nobody's to suspend: what is asked for is gone too.</summary>
    async Task<(bool IsActive, int TenantId, bool HasLimits)> ReadAsync(MailStoreContext context, int userId, CancellationToken cancellationToken)
    {
        var user = await database.Queries.Users.StateOf(context, userId, cancellationToken);
        if (user is null)
            return (true, 0, false);
        context.Lease = Lease.ForTenant(user.TenantId);
        var isActive = user.State == AccountState.Active && await database.Queries.Users.TenantState(context, user.TenantId, cancellationToken) is null or AccountState.Active;
        return (isActive, user.TenantId, user.HasLimits);
    }

    /// <summary>A guest is one of the tenant's users only.</summary>
    static void Tell(Guest? guest, int tenantId)
    {
        if (guest is not null)
            guest.TenantId = tenantId;
    }
}
