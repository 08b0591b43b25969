using Backend.EfCore.Entities;

namespace Backend.EfCore.Messages;

/// <summary>Which messages a mailbox had. RFC 7162 §3.2.6, §5.3.</summary>
static class VanishedMessages
{
    /// <summary>Those of the set that went after a modification sequence; where the log does not reach back so far, all that are not there.</summary>
    public static async Task<UidSet> FindAsync(MailStoreDatabase database, MailStoreContext context, MailboxEntity mailbox, UidSet messages, ModSeq since, CancellationToken cancellationToken)
    {
        if (since.Value < mailbox.PrunedModSeq)
            return await MissingAsync(database, context, mailbox, messages, cancellationToken);
        var expunged = new List<NumberRange>();
        await foreach (var uids in database.Queries.Mailboxes.UidsSince(context, mailbox.UserId, mailbox.MailboxId, since.Value, MailboxChangeKind.Expunged).WithCancellation(cancellationToken))
            expunged.AddRange(UidSet.Parse(uids).Ranges);
        return UidSet.FromRanges(expunged).Intersect(messages, HighestEver(mailbox));
    }

    /// <summary>Every UID of the set below UIDNEXT that no message has: what the log, no longer reaching back far enough, would have said and more.</summary>
    public static async Task<UidSet> MissingAsync(MailStoreDatabase database, MailStoreContext context, MailboxEntity mailbox, UidSet messages, CancellationToken cancellationToken)
    {
        var missing = new List<NumberRange>();
        if (mailbox.UidNext == 1)
            return UidSet.Empty;
        var next = 1L;
        await foreach (var uid in database.Queries.Messages.Uids(context, mailbox.UserId, mailbox.MailboxId, 1, uint.MaxValue).WithCancellation(cancellationToken))
        {
            if (uid > next)
                missing.Add(new NumberRange((uint)next, (uint)(uid - 1)));
            next = uid + 1;
        }

        if (next < mailbox.UidNext)
            missing.Add(new NumberRange((uint)next, (uint)(mailbox.UidNext - 1)));
        return UidSet.FromRanges(missing).Intersect(messages, HighestEver(mailbox));
    }

    static Uid HighestEver(MailboxEntity mailbox) => new((uint)Math.Max(1, mailbox.UidNext - 1));
}
