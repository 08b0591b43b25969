using Backend.EfCore.Entities;
using Backend.EfCore.Tenancy;
using Backend.EfCore.Writing;

namespace Backend.EfCore.Sharing;

/// <summary>
/// Whether a guest may do what a lease is for: looked up under the owner's lease at the start of each read, and in the transaction of each write, where
/// the rows that give the rights are held so that nobody takes them back before it is committed. RFC 4314 §4.
/// </summary>
sealed class GuestCheck(MailStoreDatabase database)
{
    /// <summary>Lets a guest read.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchMailbox"/>; <see cref="BackendError.NoPermission"/>.</exception>
    public async Task RequireForReadingAsync(MailStoreContext context, Lease lease, CancellationToken cancellationToken)
    {
        var guest = lease.Guest!;
        var rights = MailboxRights.None;
        await foreach (var row in database.Queries.Mailboxes.Rights(context, lease.UserId, guest.MailboxId, guest.UserId).WithCancellation(cancellationToken))
            rights |= Given(row, guest);
        guest.Rights = rights;
        Require(rights, lease.Needs ?? MailboxRights.Read);
    }

    /// <summary>Lets a guest write in this transaction.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchMailbox"/>; <see cref="BackendError.NoPermission"/>.</exception>
    public async Task RequireForWritingAsync(MailStoreContext context, Lease lease, CancellationToken cancellationToken)
    {
        var guest = lease.Guest!;
        guest.Rights = await HoldAsync(context, lease.UserId, guest, cancellationToken);
        Require(guest.Rights, lease.Needs ?? MailboxRights.All);
    }

    /// <summary>The rights that a guest has to a mailbox, held to the end of this transaction, which is under the owner's lease.</summary>
    public async Task<MailboxRights> HoldAsync(MailStoreContext context, int ownerId, Guest guest, CancellationToken cancellationToken)
    {
        var rows = await database.Dialect.HoldRightsAsync(context, ownerId, guest.MailboxId, guest.UserId, cancellationToken);
        return rows.Aggregate(MailboxRights.None, (rights, row) => rights | Given(row, guest));
    }

    /// <summary>The rights that a session has to somebody else's mailbox which messages are put into, held to the end of this transaction.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchMailbox"/>; <see cref="BackendError.NoPermission"/>.</exception>
    public async Task<MailboxRights> HoldTargetAsync(WriteScope scope, Lease session, OthersMailbox target, CancellationToken cancellationToken)
    {
        scope.Use(Lease.ForUser(session.UserId));
        var tenantId = await scope.Context.Users.Where(user => user.Id == session.UserId).Select(static user => user.TenantId).SingleOrDefaultAsync(cancellationToken);
        scope.Use(Lease.ForUser(target.OwnerId));
        var rights = await HoldAsync(scope.Context, target.OwnerId, new Guest(session.UserId, target.MailboxId) { TenantId = tenantId }, cancellationToken);
        Require(rights, MailboxRights.Insert);
        return rights;
    }

    /// <summary>Refuses whoever lacks one of these rights: as if the mailbox were not there, where it cannot be seen. RFC 4314 §6.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchMailbox"/>; <see cref="BackendError.NoPermission"/>.</exception>
    public static void Require(MailboxRights rights, MailboxRights needed)
    {
        if ((rights & needed) != needed)
            throw rights.HasFlag(MailboxRights.Lookup) ? NoPermission() : new BackendException(BackendError.NoSuchMailbox, "There is no such mailbox.");
    }

    public static BackendException NoPermission() => new(BackendError.NoPermission, "The owner of the mailbox has not given you the right to do that.");

    /// <summary>Whoever has left the owner's tenant, or was left behind by the owner, has lost what was given.</summary>
    static MailboxRights Given(MailboxRightsEntity row, Guest guest) => row.TenantId == guest.TenantId ? row.Rights : MailboxRights.None;
}
