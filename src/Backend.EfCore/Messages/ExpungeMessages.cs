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
            var rows = await deleted.OrderBy(static message => message.Uid).Select(static message => new { message.Uid, message.Flags, message.Size }).ToListAsync(cancellationToken);
            if (rows.Count == 0)
                continue;
            if (rows.Exists(static row => (row.Flags & FlagBits.MoreKeywords) != 0))
                await context.MessageKeywords
                    .Where(keyword => keyword.UserId == mailbox.UserId && keyword.MailboxId == mailbox.MailboxId && deleted.Any(message => message.Uid == keyword.Uid))
                    .ExecuteDeleteAsync(cancellationToken);
            await deleted.ExecuteDeleteAsync(cancellationToken);
            mailbox.Messages -= rows.Count;
            mailbox.Deleted -= rows.Count;
            mailbox.Unseen -= rows.Count(static row => (row.Flags & FlagBits.Seen) == 0);
            mailbox.Bytes -= rows.Sum(static row => row.Size);
            expunged.AddRange(rows.Select(static row => new Uid((uint)row.Uid)));
        }

        if (expunged.Count == 0)
            return ExpungeData.Nothing;
        mailbox.HighestModSeq++;
        var data = MailboxChangeLog.Expunged(scope, handle, mailbox, UidSet.From(expunged));
        await context.SaveChangesAsync(cancellationToken);
        return data;
    }
}
