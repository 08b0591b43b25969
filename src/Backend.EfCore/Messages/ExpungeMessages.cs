using Backend.EfCore.Entities;
using Backend.EfCore.Mailboxes;
using Backend.EfCore.Writing;

namespace Backend.EfCore.Messages;

/// <summary>EXPUNGE. Contents that no message refers to any longer go in the sweep. RFC 9051 §6.4.3; RFC 4315 §2.1.</summary>
sealed class ExpungeMessages(MailStoreDatabase database, MailboxHandle handle)
{
    public async Task<ExpungeData> ExecuteAsync(WriteScope scope, UidSet? uids, CancellationToken cancellationToken)
    {
        var context = scope.Context;
        var mailbox = await database.Dialect.LockMailboxAsync(context, handle.UserId, handle.MailboxId, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(handle.Name);
        if (mailbox.Deleted == 0)
            return ExpungeData.Nothing;
        var selection = await UidSelection.ResolveAsync(database, context, mailbox, uids ?? UidSet.All, cancellationToken);
        if (selection.IsEmpty)
            return ExpungeData.Nothing;

        var expunged = new List<Uid>();
        foreach (var query in await selection.QueriesAsync(database, context, mailbox, cancellationToken))
        {
            var deleted = query.Where(static message => (message.Flags & FlagBits.Deleted) != 0);
            expunged.AddRange(await RemoveAsync(context, mailbox, deleted, cancellationToken));
        }

        if (expunged.Count == 0)
            return ExpungeData.Nothing;
        mailbox.HighestModSeq++;
        var data = MailboxChangeLog.Expunged(scope, handle, mailbox, UidSet.From(expunged));
        await context.SaveChangesAsync(cancellationToken);
        return data;
    }

    /// <summary>Takes messages out of a mailbox that is locked, and gives their UIDs, ascending.</summary>
    public static async Task<IReadOnlyList<Uid>> RemoveAsync(MailStoreContext context, MailboxEntity mailbox, IQueryable<MessageEntity> messages, CancellationToken cancellationToken)
    {
        var rows = await messages.OrderBy(static message => message.Uid).Select(static message => new { message.Uid, message.Flags, message.Size }).ToListAsync(cancellationToken);
        if (rows.Count == 0)
            return [];
        if (rows.Exists(static row => (row.Flags & FlagBits.MoreKeywords) != 0))
            await context.MessageKeywords
                .Where(keyword => keyword.UserId == mailbox.UserId && keyword.MailboxId == mailbox.MailboxId && messages.Any(message => message.Uid == keyword.Uid))
                .ExecuteDeleteAsync(cancellationToken);
        await messages.ExecuteDeleteAsync(cancellationToken);
        mailbox.Messages -= rows.Count;
        mailbox.Deleted -= rows.Count(static row => (row.Flags & FlagBits.Deleted) != 0);
        mailbox.Unseen -= rows.Count(static row => (row.Flags & FlagBits.Seen) == 0);
        mailbox.Bytes -= rows.Sum(static row => row.Size);
        return rows.ConvertAll(static row => new Uid((uint)row.Uid));
    }
}
