using Backend.EfCore.Entities;

namespace Backend.EfCore.Messages;

/// <summary>
/// Where the messages are that changed after a modification sequence, by the log of changes and what came last: to look there alone. There
/// is no index on modification sequences, for that would make every change of flags dear.
/// </summary>
static class ChangedMessages
{
    /// <summary>Reading more of the log than this takes longer than to look at all messages.</summary>
    const int MaxRanges = 2000;

    /// <summary>What is left of a selection. There may be messages in it that did not change.</summary>
    public static async Task<UidSelection> NarrowAsync(MailStoreDatabase database, MailStoreContext context, MailboxEntity mailbox, UidSelection selection, ModSeq since, CancellationToken cancellationToken)
    {
        if (since.Value >= mailbox.HighestModSeq)
            return new UidSelection([]);
        if (since.Value < mailbox.PrunedModSeq)
            return selection;
        if (await database.Queries.Messages.LastUnchanged(context, mailbox.UserId, mailbox.MailboxId, since.Value, cancellationToken) is not { } last)
            return selection;
        var changed = new List<NumberRange>();
        if (last < uint.MaxValue)
            changed.Add(new NumberRange((uint)last + 1, uint.MaxValue));
        await foreach (var uids in database.Queries.Mailboxes.UidsSince(context, mailbox.UserId, mailbox.MailboxId, since.Value, MailboxChangeKind.Flags).WithCancellation(cancellationToken))
        {
            changed.AddRange(UidSet.Parse(uids).Ranges);
            if (changed.Count > MaxRanges)
                return selection;
        }

        return new UidSelection(UidSet.FromRanges(changed).Intersect(UidSet.FromRanges(selection.Ranges), Uid.MaxValue).Ranges);
    }
}
