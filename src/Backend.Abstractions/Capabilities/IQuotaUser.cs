namespace Backend.Abstractions.Capabilities;

/// <summary>
/// A user whose mailboxes may be limited. Every user has one quota root for all mailboxes, with the login name for its name. What would go over a
/// limit is refused with <see cref="BackendError.OverQuota"/> as a whole: an append, and a copy. A move is not, for nothing is more afterwards. However
/// many write at once, a limit is not exceeded; what was over it before the limit was set stays. RFC 9208.
/// </summary>
public interface IQuotaUser : IUser
{
    /// <summary>Gives the quota roots of a mailbox, which need not be there. RFC 9208 §4.1.2.</summary>
    Task<IReadOnlyList<QuotaRoot>> GetQuotaRootsAsync(MailboxName mailbox, CancellationToken cancellationToken);

    /// <summary>Gives a quota root: the user's own, or to an administrator that of any user of the tenant. RFC 9208 §4.1.1.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchQuotaRoot"/>: also where it is not the user's to see.</exception>
    Task<QuotaRoot> GetQuotaAsync(string root, CancellationToken cancellationToken);

    /// <summary>Sets all limits of a quota root, whatever they were. Only administrators may, for users of their tenant. RFC 9208 §4.1.3.</summary>
    /// <returns>The quota root as it is now.</returns>
    /// <exception cref="BackendException"><see cref="BackendError.NoPermission"/>; <see cref="BackendError.NoSuchQuotaRoot"/>.</exception>
    Task<QuotaRoot> SetQuotaAsync(string root, QuotaLimits limits, CancellationToken cancellationToken);
}
