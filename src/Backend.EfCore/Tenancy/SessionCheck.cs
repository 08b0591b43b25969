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

    readonly ConcurrentDictionary<int, (long Time, bool IsActive)> known = new();

    /// <summary>Lets a session go on.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.Suspended"/>.</exception>
    public ValueTask RequireActiveAsync(Lease lease, CancellationToken cancellationToken)
    {
        if (!lease.IsSession || (known.TryGetValue(lease.UserId, out var last) && last.IsActive && clock.GetElapsedTime(last.Time) < Validity))
            return ValueTask.CompletedTask;
        return LookAsync(lease.UserId, cancellationToken);
    }

    /// <summary>Somebody was suspended or resumed.</summary>
    public void Forget() => known.Clear();

    async ValueTask LookAsync(int userId, CancellationToken cancellationToken)
    {
        var time = clock.GetTimestamp();
        var isActive = await database.ReadAsync(Lease.ForUser(userId), (context, token) => IsActiveAsync(context, userId, token), cancellationToken);
        if (known.Count >= Capacity)
            known.Clear();
        known[userId] = (time, isActive);
        if (!isActive)
            throw new BackendException(BackendError.Suspended, "The account has been suspended. Ask its administrator.");
    }

    /// <summary>A user who is gone is nobody's to suspend: what is asked for is gone too.</summary>
    async Task<bool> IsActiveAsync(MailStoreContext context, int userId, CancellationToken cancellationToken)
    {
        var user = await database.Queries.Users.StateOf(context, userId, cancellationToken);
        if (user is null)
            return true;
        context.Lease = Lease.ForTenant(user.TenantId);
        return user.State == AccountState.Active && await database.Queries.Users.TenantState(context, user.TenantId, cancellationToken) is null or AccountState.Active;
    }
}
