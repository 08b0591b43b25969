using Backend.EfCore.Entities;
using Backend.EfCore.Mailboxes;
using Backend.EfCore.Writing;

namespace Backend.EfCore.Messages;

/// <summary>
/// COPY and MOVE: the rows go from mailbox to mailbox within the database, by one statement; contents stay where they are. RFC 9051 §6.4.7-6.4.8; RFC 6851 §3.3.
/// </summary>
/// <param name="database">The store.</param>
/// <param name="handle">The source.</param>
/// <param name="scope">The transaction.</param>
/// <param name="rights">Which rights to the target the session has: flags that it may not set are not copied. RFC 4314 §4 (COPY).</param>
sealed class CopyMessages(MailStoreDatabase database, MailboxHandle handle, WriteScope scope, MailboxRights rights = MailboxRights.All)
{
    readonly MailStoreContext context = scope.Context;

    public async Task<CopyData> CopyAsync(NumberSet messages, MailboxName destination, CancellationToken cancellationToken)
    {
        var room = await QuotaRoom.OpenAsync(database, scope, handle.Lease, cancellationToken);
        var (source, target) = await LockAsync(destination, cancellationToken);
        var selected = await SelectAsync(source, messages, cancellationToken);
        room?.Take(selected.Sum(static message => message.Size), selected.Count);
        return await TransferAsync(source, target, selected, move: false, cancellationToken);
    }

    public async Task<MoveData> MoveAsync(NumberSet messages, MailboxName destination, CancellationToken cancellationToken)
    {
        var (source, target) = await LockAsync(destination, cancellationToken);
        var selected = await SelectAsync(source, messages, cancellationToken);
        var copied = await TransferAsync(source, target, selected, move: true, cancellationToken);
        if (selected.Count == 0)
            return new MoveData(copied, ExpungeData.Nothing);
        source.HighestModSeq++;
        Add(source, selected, -1);
        var expunged = MailboxChangeLog.Expunged(scope, handle, source, copied.Source);
        await context.SaveChangesAsync(cancellationToken);
        return new MoveData(copied, expunged);
    }

    /// <summary>Takes both mailboxes' locks in the order of their numbers, so that two transfers never wait for each other.</summary>
    async Task<(MailboxEntity Source, MailboxEntity Target)> LockAsync(MailboxName destination, CancellationToken cancellationToken)
    {
        var found = await database.Queries.Mailboxes.ByName(context, handle.UserId, destination.Value, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(destination);
        var locked = await database.Dialect.LockMailboxesAsync(context, handle.UserId, [handle.MailboxId, found.MailboxId], cancellationToken);
        var source = locked.SingleOrDefault(mailbox => mailbox.MailboxId == handle.MailboxId) ?? throw MailboxTree.NoSuchMailbox(handle.Name);
        var target = locked.SingleOrDefault(mailbox => mailbox.MailboxId == found.MailboxId) ?? throw await MailboxTree.GoneAsync(database, context, handle.UserId, destination, cancellationToken);
        return target.Selectable ? (source, target) : throw MailboxTree.NotSelectable(destination);
    }

    async Task<List<Selected>> SelectAsync(MailboxEntity source, NumberSet messages, CancellationToken cancellationToken)
    {
        var selection = await UidSelection.ResolveAsync(database, context, source, messages, cancellationToken);
        var selected = new List<Selected>();
        if (!selection.IsEmpty)
            foreach (var query in await selection.QueriesAsync(database, context, source, cancellationToken))
                selected.AddRange(await query.OrderBy(static message => message.Uid).Select(static message => new Selected(message.Uid, message.Flags, message.Size)).ToListAsync(cancellationToken));
        return selected;
    }

    async Task<CopyData> TransferAsync(MailboxEntity source, MailboxEntity target, List<Selected> selected, bool move, CancellationToken cancellationToken)
    {
        var validity = new UidValidity((uint)target.UidValidity);
        if (selected.Count == 0)
            return new CopyData(validity, UidSet.Empty, UidSet.Empty);
        if (target.UidNext + selected.Count - 1 > uint.MaxValue)
            throw new BackendException(BackendError.Limit, $"The mailbox \"{target.Name}\" has too few UIDs left for {selected.Count} messages. Use a new one.");

        var first = target.UidNext;
        target.UidNext += selected.Count;
        target.HighestModSeq++;
        var mask = FlagBits.Allowed(rights);
        Add(target, selected.ConvertAll(message => message with { Flags = message.Flags & mask }), 1);
        await TransferKeywordsAsync(source, target, selected, first, move, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        var uids = UidSet.From(selected.Select(static message => new Uid((uint)message.Uid)));
        await (move
            ? database.Dialect.MoveRowsAsync(context, source, target, uids, first, scope.Now.ToUnixTimeSeconds(), cancellationToken)
            : database.Dialect.CopyRowsAsync(context, source, target, uids, first, scope.Now.ToUnixTimeSeconds(), cancellationToken));
        if (mask != -1)
            await UidSelection.Between(context, target, first, target.UidNext - 1).ExecuteUpdateAsync(set => set.SetProperty(static message => message.Flags, message => message.Flags & mask), cancellationToken);
        scope.PublishAfterCommit(MailboxStatuses.Update(handle.Username, target));
        return new CopyData(validity, uids, UidSet.Between(new Uid((uint)first), new Uid((uint)(first + selected.Count - 1))));
    }

    /// <summary>Keywords that have rows of their own: few messages have any.</summary>
    async Task TransferKeywordsAsync(MailboxEntity source, MailboxEntity target, List<Selected> selected, long first, bool move, CancellationToken cancellationToken)
    {
        if (!selected.Exists(static message => (message.Flags & FlagBits.MoreKeywords) != 0))
            return;
        var places = selected.Select((message, index) => (message.Uid, Place: first + index)).ToDictionary(static each => each.Uid, static each => each.Place);
        var (lowest, highest) = (selected[0].Uid, selected[^1].Uid);
        var rows = await context.MessageKeywords
            .Where(keyword => keyword.UserId == source.UserId && keyword.MailboxId == source.MailboxId && keyword.Uid >= lowest && keyword.Uid <= highest)
            .ToListAsync(cancellationToken);
        foreach (var row in rows.Where(row => places.ContainsKey(row.Uid)))
        {
            if (rights.HasFlag(MailboxRights.Write))
                context.Add(new Entities.MessageKeywordEntity { UserId = target.UserId, MailboxId = target.MailboxId, Uid = places[row.Uid], KeywordId = row.KeywordId });
            if (move)
                context.Remove(row);
        }
    }

    static void Add(MailboxEntity mailbox, List<Selected> messages, int sign)
    {
        mailbox.Messages += sign * messages.Count;
        mailbox.Bytes += sign * messages.Sum(static message => message.Size);
        mailbox.Unseen += sign * messages.Count(static message => (message.Flags & FlagBits.Seen) == 0);
        mailbox.Deleted += sign * messages.Count(static message => (message.Flags & FlagBits.Deleted) != 0);
    }

    readonly record struct Selected(long Uid, long Flags, long Size);
}
