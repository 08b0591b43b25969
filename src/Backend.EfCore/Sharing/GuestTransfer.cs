using Backend.EfCore.Entities;
using Backend.EfCore.Mailboxes;
using Backend.EfCore.Messages;
using Backend.EfCore.Tenancy;
using Backend.EfCore.Writing;

namespace Backend.EfCore.Sharing;

/// <summary>
/// COPY and MOVE where one of the mailboxes, or both, are somebody else's: in one transaction, whose lease is laid on the one user and on the other in
/// turn. Between users contents are copied, since they are each user's own; the EMAILID goes with them (RFC 8474 §5.1). RFC 4314 §4; RFC 6851 §4.2.
/// </summary>
/// <param name="database">The store.</param>
/// <param name="handle">The source.</param>
/// <param name="keywords">Those of the source's owner.</param>
/// <param name="session">Whose session it is.</param>
/// <param name="destination">The target's name, as the session sees it.</param>
/// <param name="others">The target, when it is not the session's own.</param>
sealed class GuestTransfer(MailStoreDatabase database, MailboxHandle handle, KeywordDictionary keywords, Lease session, MailboxName destination, OthersMailbox? others)
{
    readonly int targetOwner = others?.OwnerId ?? session.UserId;

    public async Task<CopyData> CopyAsync(NumberSet messages, CancellationToken cancellationToken)
    {
        var copied = await database.WriteAsync(handle.LeaseFor(MailboxRights.Read), (scope, token) => CopyAsync(scope, messages, token), cancellationToken);
        database.TextIndexer.Wake(targetOwner);
        return copied;
    }

    public async Task<MoveData> MoveAsync(NumberSet messages, CancellationToken cancellationToken)
    {
        const MailboxRights Needs = MailboxRights.Read | MailboxRights.DeleteMessages | MailboxRights.Expunge;
        var moved = await database.WriteAsync(handle.LeaseFor(Needs), (scope, token) => MoveAsync(scope, messages, token), cancellationToken);
        database.TextIndexer.Wake(targetOwner);
        database.Sweep.Wake(handle.UserId);
        return moved;
    }

    async Task<CopyData> CopyAsync(WriteScope scope, NumberSet messages, CancellationToken cancellationToken)
    {
        var rights = await HoldTargetRightsAsync(scope, cancellationToken);
        return targetOwner == handle.UserId
            ? await Within(scope, rights).CopyAsync(messages, TargetName, cancellationToken)
            : (await BetweenUsersAsync(scope, messages, rights, cancellationToken)).Copied;
    }

    async Task<MoveData> MoveAsync(WriteScope scope, NumberSet messages, CancellationToken cancellationToken)
    {
        var rights = await HoldTargetRightsAsync(scope, cancellationToken);
        if (targetOwner == handle.UserId)
            return await Within(scope, rights).MoveAsync(messages, TargetName, cancellationToken);
        var (copied, source, selected) = await BetweenUsersAsync(scope, messages, rights, cancellationToken);
        return new MoveData(copied, await RemoveAsync(scope, source, selected, cancellationToken));
    }

    MailboxName TargetName => others?.OwnName ?? destination;

    CopyMessages Within(WriteScope scope, MailboxRights rights)
    {
        scope.Use(Lease.ForUser(targetOwner));
        return new CopyMessages(database, handle, scope, rights);
    }

    /// <summary>The session's rights to the target, held to the end.</summary>
    async Task<MailboxRights> HoldTargetRightsAsync(WriteScope scope, CancellationToken cancellationToken) =>
        others is null ? MailboxRights.All : await database.Guests.HoldTargetAsync(scope, session, others, cancellationToken);

    async Task<(CopyData Copied, MailboxEntity Source, List<MessageEntity> Selected)> BetweenUsersAsync(WriteScope scope, NumberSet messages, MailboxRights rights, CancellationToken cancellationToken)
    {
        var target = new TransferTarget(database, scope, targetOwner, rights);
        await target.FindAsync(TargetName, others?.MailboxId, destination, cancellationToken);
        // Locks are taken in the order of users. That of the target's keywords comes before the one of its mailbox, so they are made for what is in the source now.
        var flags = await ReadFlagsAsync(scope, await FindSourceAsync(scope, cancellationToken), messages, cancellationToken);
        if (targetOwner < handle.UserId)
            await target.LockAsync(flags.Values, cancellationToken);
        scope.Use(Lease.ForUser(handle.UserId));
        var source = await database.Dialect.LockMailboxAsync(scope.Context, handle.UserId, handle.MailboxId, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(handle.Name);
        var selected = await SelectAsync(scope, source, messages, cancellationToken);
        flags = await ReadFlagsAsync(scope, source, selected, cancellationToken);
        await target.LockAsync(flags.Values, cancellationToken);
        return (await target.AddAsync(selected, flags, cancellationToken), source, selected);
    }

    async Task<MailboxEntity> FindSourceAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        scope.Use(Lease.ForUser(handle.UserId));
        return await database.Queries.Mailboxes.ById(scope.Context, handle.UserId, handle.MailboxId, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(handle.Name);
    }

    async Task<List<MessageEntity>> SelectAsync(WriteScope scope, MailboxEntity source, NumberSet messages, CancellationToken cancellationToken)
    {
        var selection = await UidSelection.ResolveAsync(database, scope.Context, source, messages, cancellationToken);
        var selected = new List<MessageEntity>();
        if (!selection.IsEmpty)
            foreach (var query in await selection.QueriesAsync(database, scope.Context, source, cancellationToken))
                selected.AddRange(await query.OrderBy(static message => message.Uid).ToListAsync(cancellationToken));
        return selected;
    }

    async Task<Dictionary<long, FlagSet>> ReadFlagsAsync(WriteScope scope, MailboxEntity source, NumberSet messages, CancellationToken cancellationToken) =>
        await ReadFlagsAsync(scope, source, await SelectAsync(scope, source, messages, cancellationToken), cancellationToken);

    /// <summary>The flags of messages by UID, without \Recent.</summary>
    async Task<Dictionary<long, FlagSet>> ReadFlagsAsync(WriteScope scope, MailboxEntity source, List<MessageEntity> selected, CancellationToken cancellationToken)
    {
        if (selected.Count == 0)
            return [];
        var reader = new MessageFlagReader(database, keywords.Apart(), handle, source);
        await reader.PrepareAsync(scope.Context, selected[0].Uid, selected[^1].Uid, selected.Aggregate(0L, static (all, message) => all | message.Flags), cancellationToken);
        var recent = FlagSet.Of(Flag.Recent);
        return selected.ToDictionary(static message => message.Uid, message => reader.ToFlags(message.Uid, message.Flags).Except(recent));
    }

    /// <summary>Takes what was moved out of the source.</summary>
    async Task<ExpungeData> RemoveAsync(WriteScope scope, MailboxEntity source, List<MessageEntity> selected, CancellationToken cancellationToken)
    {
        if (selected.Count == 0)
            return ExpungeData.Nothing;
        scope.Use(Lease.ForUser(handle.UserId));
        var context = scope.Context;
        foreach (var page in selected.Select(static message => message.Uid).Chunk(1000))
        {
            await context.MessageKeywords
                .Where(keyword => keyword.UserId == source.UserId && keyword.MailboxId == source.MailboxId && EF.Parameter(page).Contains(keyword.Uid))
                .ExecuteDeleteAsync(cancellationToken);
            await UidSelection.Between(context, source, page[0], page[^1]).Where(message => EF.Parameter(page).Contains(message.Uid)).ExecuteDeleteAsync(cancellationToken);
        }

        source.Messages -= selected.Count;
        source.Bytes -= selected.Sum(static message => message.Size);
        source.Unseen -= selected.Count(static message => (message.Flags & FlagBits.Seen) == 0);
        source.Deleted -= selected.Count(static message => (message.Flags & FlagBits.Deleted) != 0);
        source.HighestModSeq++;
        var expunged = MailboxChangeLog.Expunged(scope, handle, source, UidSet.From(selected.Select(static message => new Uid((uint)message.Uid))));
        await context.SaveChangesAsync(cancellationToken);
        return expunged;
    }
}
