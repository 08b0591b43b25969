using Backend.EfCore.Accounts;
using Backend.EfCore.Entities;
using Backend.EfCore.Messages;
using Backend.EfCore.Tenancy;
using Backend.EfCore.Writing;

namespace Backend.EfCore.Sharing;

/// <summary>The access control list of one mailbox, under its owner's lease. RFC 4314 §3.</summary>
/// <param name="database">The store.</param>
/// <param name="lease">The owner's, perhaps for a guest.</param>
/// <param name="mailboxId">The mailbox.</param>
sealed class AccessControl(MailStoreDatabase database, Lease lease, int mailboxId)
{
    readonly Lease lease = lease.Needing(MailboxRights.Administer);

    /// <summary>The list, the owner first.</summary>
    public Task<IReadOnlyList<AclEntry>> ReadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AclEntry>>(
            lease,
            async (context, token) =>
            {
                var owner = await OwnerAsync(context, token);
                var rows = await context.MailboxRights
                    .Where(rights => rights.UserId == lease.UserId && rights.MailboxId == mailboxId)
                    .OrderBy(static rights => rights.Identifier)
                    .Select(static rights => new AclEntry(rights.Identifier, rights.Rights))
                    .ToListAsync(token);
                return [new AclEntry(owner.Name, MailboxRights.All), .. rows];
            },
            cancellationToken);

    /// <summary>What an identifier can be given.</summary>
    public async Task<GrantableRights> GrantableAsync(string identifier, CancellationToken cancellationToken)
    {
        var owner = await database.ReadAsync(lease, OwnerAsync, cancellationToken);
        return await FindAsync(owner, identifier, cancellationToken) is { IsOwner: true }
            ? new GrantableRights(MailboxRights.All, MailboxRights.None)
            : new GrantableRights(MailboxRights.None, MailboxRights.All);
    }

    /// <summary>Changes a line of the list, and tells whoever has the mailbox open to look.</summary>
    public async Task SetAsync(string identifier, RightsOperation operation, MailboxRights rights, CancellationToken cancellationToken)
    {
        var owner = await database.ReadAsync(lease, OwnerAsync, cancellationToken);
        var grantee = await FindAsync(owner, identifier, cancellationToken);
        if (!grantee.IsOwner)
            await database.WriteAsync(lease, (scope, token) => SetAsync(scope, grantee, operation, rights, token), cancellationToken);
        else if (Apply(operation, MailboxRights.All, rights) != MailboxRights.All)
            throw new BackendException(BackendError.Cannot, "The owner of a mailbox has every right to it always.");
    }

    async Task<bool> SetAsync(WriteScope scope, Grantee grantee, RightsOperation operation, MailboxRights rights, CancellationToken cancellationToken)
    {
        var context = scope.Context;
        // In the order in which guests who write take them: what gives rights, then the owner's row. With that the tenant and the name stay what they are.
        var rows = await database.Dialect.LockRightsAsync(context, lease.UserId, mailboxId, cancellationToken);
        var owner = await database.Dialect.LockUserAsync(context, lease.UserId, cancellationToken) ?? throw NoSuchMailbox();
        var mailbox = await database.Queries.Mailboxes.ById(context, lease.UserId, mailboxId, cancellationToken) ?? throw NoSuchMailbox();
        var row = rows.Find(each => each.Identifier == grantee.Identifier);
        var after = Apply(operation, row?.Rights ?? MailboxRights.None, rights);
        if (row is not null && after == MailboxRights.None)
            context.Remove(row);
        else if (row is not null)
            row.Rights = after;
        else if (after != MailboxRights.None)
            context.Add(new MailboxRightsEntity
            {
                UserId = lease.UserId,
                MailboxId = mailboxId,
                Identifier = grantee.Identifier,
                GranteeId = grantee.UserId,
                TenantId = owner.TenantId,
                Rights = after,
                Name = OtherUsers.NameOf(owner.Name, MailboxName.Parse(mailbox.Name)).Value,
            });
        await context.SaveChangesAsync(cancellationToken);
        scope.PublishAfterCommit(MailboxStatuses.Update(owner.Name, mailbox));
        return true;
    }

    /// <summary>Who is meant: a user of the owner's tenant, by the tenant's lease, or anyone there.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchUser"/>; <see cref="BackendError.Cannot"/>.</exception>
    async Task<Grantee> FindAsync(OwnerRow owner, string identifier, CancellationToken cancellationToken)
    {
        if (identifier.StartsWith('-'))
            throw new BackendException(BackendError.Cannot, "There are no negative rights here: take away what was given instead.");
        if (identifier.Equals(AclEntry.Anyone, StringComparison.OrdinalIgnoreCase))
            return new Grantee(AclEntry.Anyone, null, IsOwner: false);
        var name = UserName.Normalize(identifier);
        var user = await database.ReadAsync(Lease.ForTenant(owner.TenantId), (context, token) => database.Queries.Users.ByName(context, name, token), cancellationToken)
            ?? throw new BackendException(BackendError.NoSuchUser, $"There is no user {identifier}.");
        return new Grantee(user.Name, user.Id, user.Id == lease.UserId);
    }

    Task<OwnerRow> OwnerAsync(MailStoreContext context, CancellationToken cancellationToken) =>
        context.Users.Where(user => user.Id == lease.UserId).Select(static user => new OwnerRow(user.Name, user.TenantId)).SingleAsync(cancellationToken);

    static MailboxRights Apply(RightsOperation operation, MailboxRights before, MailboxRights rights) => operation switch
    {
        RightsOperation.Add => before | rights,
        RightsOperation.Remove => before & ~rights,
        _ => rights,
    };

    static BackendException NoSuchMailbox() => new(BackendError.NoSuchMailbox, "The mailbox has been deleted.");

    sealed record OwnerRow(string Name, int TenantId);

    sealed record Grantee(string Identifier, int? UserId, bool IsOwner);
}
