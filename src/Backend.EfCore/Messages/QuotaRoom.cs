using Backend.EfCore.Tenancy;
using Backend.EfCore.Writing;

namespace Backend.EfCore.Messages;

/// <summary>
/// What a user may still add in the caller's transaction. The user's row is locked, so that all who add to the user's mail come one after the other and
/// a limit is exact; so this comes before any lock of a mailbox. Of users without limits nobody looks at the row. RFC 9208 §5.
/// </summary>
sealed class QuotaRoom
{
    long bytes;
    long messages;

    QuotaRoom(long bytes, long messages) => (this.bytes, this.messages) = (bytes, messages);

    /// <summary>Looks what room there is; null where nothing is limited.</summary>
    public static async Task<QuotaRoom?> OpenAsync(MailStoreDatabase database, WriteScope scope, Lease lease, CancellationToken cancellationToken)
    {
        var (context, userId) = (scope.Context, lease.UserId);
        if (!database.Sessions.MayHaveLimits(lease) || await database.Queries.Users.HasLimits(context, userId, cancellationToken) is not true)
            return null;
        if (await database.Dialect.LockUserAsync(context, userId, cancellationToken) is not { } user)
            return null;
        var used = await database.Queries.Mailboxes.Usage(context, userId, cancellationToken);
        return new QuotaRoom((user.MaxBytes ?? long.MaxValue) - (used?.Bytes ?? 0), (user.MaxMessages ?? long.MaxValue) - (used?.Messages ?? 0));
    }

    /// <summary>
    /// Takes room for messages, if there is so much. What makes nothing more, such as a message in place of a larger one, always has room: also where
    /// the limit was lowered below what is there. RFC 8508 §3.4.
    /// </summary>
    /// <param name="moreBytes">How many octets are more afterwards; less than 0 where some go.</param>
    /// <param name="moreMessages">How many messages are more afterwards.</param>
    public bool TryTake(long moreBytes, long moreMessages)
    {
        if ((moreBytes > 0 && moreBytes > bytes) || (moreMessages > 0 && moreMessages > messages))
            return false;
        bytes -= moreBytes;
        messages -= moreMessages;
        return true;
    }

    /// <summary>As <see cref="TryTake"/>.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.OverQuota"/>.</exception>
    public void Take(long moreBytes, long moreMessages)
    {
        if (!TryTake(moreBytes, moreMessages))
            throw OverQuota();
    }

    public static BackendException OverQuota() => new(BackendError.OverQuota, "There is no room left: the quota would be exceeded. Delete some messages and expunge them first.");
}
