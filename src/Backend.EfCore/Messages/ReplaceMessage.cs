using Backend.EfCore.Entities;
using Backend.EfCore.Mailboxes;
using Backend.EfCore.Sharing;
using Backend.EfCore.Tenancy;
using Backend.EfCore.Writing;

namespace Backend.EfCore.Messages;

/// <summary>
/// REPLACE: an append and an expunge in one transaction, whose lease is laid on the target's owner and on the source's in turn where these are not one.
/// RFC 8508 §3.4, §4.1.
/// </summary>
/// <param name="database">The store.</param>
/// <param name="handle">The source.</param>
/// <param name="scope">The transaction.</param>
/// <param name="session">Whose session it is.</param>
/// <param name="others">The target, when it is not the session's own.</param>
sealed class ReplaceMessage(MailStoreDatabase database, MailboxHandle handle, WriteScope scope, Lease session, OthersMailbox? others)
{
    /// <summary>What it takes in the source. RFC 8508 §4.1.</summary>
    public const MailboxRights Needs = MailboxRights.Read | MailboxRights.DeleteMessages | MailboxRights.Expunge;

    readonly MailStoreContext context = scope.Context;
    readonly int targetOwner = others?.OwnerId ?? session.UserId;

    public async Task<ReplaceData> ExecuteAsync(Uid uid, MailboxName destination, ArrivedMessages arrived, CancellationToken cancellationToken)
    {
        var rights = others is null ? MailboxRights.All : await database.Guests.HoldTargetAsync(scope, session, others, cancellationToken);
        scope.Use(Lease.ForUser(targetOwner));
        var targetId = others?.MailboxId
            ?? (await database.Queries.Mailboxes.ByName(context, targetOwner, destination.Value, cancellationToken))?.MailboxId
            ?? throw MailboxTree.NoSuchMailbox(destination);
        var room = await QuotaRoom.OpenAsync(database, scope, targetOwner == session.UserId ? session : Lease.ForUser(targetOwner), cancellationToken);
        var append = new AppendMessages(database, scope);
        // As an append does: first keywords, whose lock is the user's, then the mailboxes'.
        var keywords = new KeywordDictionary(database, targetOwner);
        await append.TakeFlagsAsync(keywords, arrived.Messages, rights, cancellationToken);
        var (source, target) = await LockAsync(targetId, destination, cancellationToken);
        scope.Use(Lease.ForUser(handle.UserId));
        var replaced = UidSelection.Between(context, source, uid.Value, uid.Value);
        var size = await replaced.Select(static message => (long?)message.Size).SingleOrDefaultAsync(cancellationToken)
            ?? throw new BackendException(BackendError.Expunged, "The message is no longer there.");
        // What makes room for it counts. RFC 8508 §3.4.
        var (lessBytes, lessMessages) = targetOwner == handle.UserId ? (size, 1) : (0, 0);
        room?.Take(arrived.Length - lessBytes, 1 - lessMessages);
        scope.Use(Lease.ForUser(targetOwner));
        var appended = await append.AddAsync(arrived.Messages, target, cancellationToken);
        await append.SaveAsync(cancellationToken);
        var username = await context.Users.Where(user => user.Id == targetOwner).Select(static user => user.Name).SingleAsync(cancellationToken);
        scope.PublishAfterCommit(MailboxStatuses.Update(username, target));
        return new ReplaceData(appended, await RemoveAsync(source, replaced, uid, cancellationToken));
    }

    async Task<ExpungeData> RemoveAsync(MailboxEntity source, IQueryable<MessageEntity> replaced, Uid uid, CancellationToken cancellationToken)
    {
        scope.Use(Lease.ForUser(handle.UserId));
        await ExpungeMessages.RemoveAsync(context, source, replaced, cancellationToken);
        source.HighestModSeq++;
        var expunged = MailboxChangeLog.Expunged(scope, handle, source, UidSet.Of(uid));
        await context.SaveChangesAsync(cancellationToken);
        return expunged;
    }

    /// <summary>Takes both mailboxes' locks, in the order of users and of their numbers.</summary>
    async Task<(MailboxEntity Source, MailboxEntity Target)> LockAsync(int targetId, MailboxName destination, CancellationToken cancellationToken)
    {
        MailboxEntity? source = null, target = null;
        foreach (var (owner, id) in new[] { (handle.UserId, handle.MailboxId), (targetOwner, targetId) }.Distinct().Order())
        {
            scope.Use(Lease.ForUser(owner));
            var locked = await database.Dialect.LockMailboxAsync(context, owner, id, cancellationToken);
            if ((owner, id) == (handle.UserId, handle.MailboxId))
                source = locked;
            if ((owner, id) == (targetOwner, targetId))
                target = locked;
        }

        if (source is null)
            throw MailboxTree.NoSuchMailbox(handle.Name);
        if (target is null)
            throw MailboxTree.NoSuchMailbox(destination);
        return target.Selectable ? (source, target) : throw MailboxTree.NotSelectable(destination);
    }
}
