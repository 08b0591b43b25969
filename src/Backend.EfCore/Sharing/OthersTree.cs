using Backend.EfCore.Mailboxes;
using Backend.EfCore.Tenancy;
using Backend.EfCore.Writing;

namespace Backend.EfCore.Sharing;

/// <summary>CREATE, DELETE and RENAME of others' mailboxes, as far as the rights go. RFC 4314 §4.</summary>
sealed class OthersTree(MailStoreDatabase database, OthersMailboxes others)
{
    /// <summary>The right k to the nearest mailbox above that there is.</summary>
    public async Task<CreateData> CreateAsync(MailboxName name, CreateOptions options, CancellationToken cancellationToken)
    {
        var above = await others.FindAboveAsync(name, cancellationToken) ?? throw GuestCheck.NoPermission();
        if (options.SpecialUse != SpecialUse.None)
            throw new BackendException(BackendError.SpecialUseTaken, "What somebody else's mailbox is used for is for its owner to say.");
        var own = Own(name);
        return await WriteAsync(above, MailboxRights.CreateMailboxes, [own], async (scope, tree, token) =>
        {
            await RequireNearestAsync(scope, above, own, token);
            await RequireVisibleAsync(scope, above, own, token);
            return await tree.CreateAsync(own, options, token);
        }, cancellationToken);
    }

    /// <summary>The right x.</summary>
    public async Task DeleteAsync(MailboxName name, CancellationToken cancellationToken)
    {
        var found = await others.FindAsync(name, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(name);
        await WriteAsync(found, MailboxRights.DeleteMailbox, [found.OwnName], async (_, tree, token) =>
        {
            await tree.DeleteAsync(found.OwnName, token);
            return true;
        }, cancellationToken);
        database.Sweep.Wake(found.OwnerId);
    }

    /// <summary>The right x, and k to the nearest mailbox above the new name that there is.</summary>
    public async Task RenameAsync(MailboxName from, MailboxName to, CancellationToken cancellationToken)
    {
        var found = await others.FindAsync(from, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(from);
        var above = await others.FindAboveAsync(to, cancellationToken) ?? throw GuestCheck.NoPermission();
        if (above.OwnerId != found.OwnerId)
            throw BetweenUsers();
        if (found.OwnName.IsInbox)
            throw new BackendException(BackendError.Cannot, "Only its owner can rename an INBOX.");
        var (own, target) = (found.OwnName, Own(to));
        await WriteAsync(found, MailboxRights.DeleteMailbox, [own, target], async (scope, tree, token) =>
        {
            var guest = new Guest(others.Lease.UserId, above.MailboxId) { TenantId = scope.Context.Lease!.Value.Guest!.TenantId };
            GuestCheck.Require(await database.Guests.HoldAsync(scope.Context, found.OwnerId, guest, token), MailboxRights.CreateMailboxes);
            await RequireNearestAsync(scope, above, target, token);
            await RequireVisibleAsync(scope, above, target, token);
            await tree.RenameAsync(own, target, token);
            return true;
        }, cancellationToken);
    }

    /// <summary>Rights do not help (deviation: RFC 4314 §4, RENAME): mail, its UIDs and its quota are its owner's.</summary>
    public static BackendException BetweenUsers() => new(BackendError.Cannot, "A mailbox is not given to another user by renaming it: copy its messages.");

    /// <summary>The name to its owner. The levels that are no mailbox's are nobody's to create.</summary>
    static MailboxName Own(MailboxName name) => OtherUsers.TryParse(name, out _, out var own) ? own : throw GuestCheck.NoPermission();

    Task<TResult> WriteAsync<TResult>(OthersMailbox mailbox, MailboxRights needs, MailboxName[] names, Func<WriteScope, MailboxTree, CancellationToken, Task<TResult>> change, CancellationToken cancellationToken)
    {
        var id = mailbox.MailboxId;
        return database.WriteAsync(
            mailbox.LeaseFor(others.Lease.UserId).Needing(needs),
            async (scope, token) =>
            {
                // The names stay what they are while the owner's row is held.
                var owner = await database.Dialect.LockUserAsync(scope.Context, mailbox.OwnerId, token) ?? throw MailboxTree.NoSuchMailbox(mailbox.Name);
                var named = await database.Queries.Mailboxes.ByName(scope.Context, owner.Id, mailbox.OwnName.Value, token);
                if (named?.MailboxId != id)
                    throw MailboxTree.NoSuchMailbox(mailbox.Name);
                return await MailboxTree.ChangeAsync(database, scope, owner.Id, owner.Name, names, tree => change(scope, tree, token), token);
            },
            cancellationToken);
    }

    /// <summary>Between the mailbox whose rights count and the new name there must be none that the user was not given.</summary>
    async Task RequireNearestAsync(WriteScope scope, OthersMailbox above, MailboxName name, CancellationToken cancellationToken)
    {
        foreach (var superior in name.Superiors.Where(superior => superior.IsInferiorTo(above.OwnName)))
            if (await database.Queries.Mailboxes.ByName(scope.Context, above.OwnerId, superior.Value, cancellationToken) is not null)
                throw GuestCheck.NoPermission();
    }

    /// <summary>That a name is taken must not be learned by who may not know the mailbox that has it. RFC 4314 §6.</summary>
    async Task RequireVisibleAsync(WriteScope scope, OthersMailbox above, MailboxName name, CancellationToken cancellationToken)
    {
        if (await database.Queries.Mailboxes.ByName(scope.Context, above.OwnerId, name.Value, cancellationToken) is not { Selectable: true } taken)
            return;
        var guest = new Guest(others.Lease.UserId, taken.MailboxId) { TenantId = scope.Context.Lease!.Value.Guest!.TenantId };
        if (!(await database.Guests.HoldAsync(scope.Context, above.OwnerId, guest, cancellationToken)).HasFlag(MailboxRights.Lookup))
            throw GuestCheck.NoPermission();
    }
}
