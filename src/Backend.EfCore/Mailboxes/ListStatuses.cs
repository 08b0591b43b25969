using Backend.EfCore.Entities;
using Backend.EfCore.Messages;

namespace Backend.EfCore.Mailboxes;

/// <summary>The states of many mailboxes from the counters of their rows: one query for all, and one more each where \Recent and DELETED-STORAGE are asked for. RFC 5819.</summary>
static class ListStatuses
{
    public static async Task<IReadOnlyDictionary<MailboxName, MailboxStatus>> ExecuteAsync(MailStoreDatabase database, MailStoreContext context, int userId, KeywordDictionary keywords, IEnumerable<MailboxName> names, StatusItems items, CancellationToken cancellationToken)
    {
        string[] values = [.. names.Select(static name => name.Value)];
        var asked = context.Mailboxes.Where(mailbox => mailbox.UserId == userId && mailbox.Selectable && EF.Parameter(values).Contains(mailbox.Name));
        var recent = items.HasFlag(StatusItems.Recent) ? await RecentAsync(context, asked, cancellationToken) : [];
        var deleted = items.HasFlag(StatusItems.DeletedStorage) ? await DeletedAsync(context, asked, cancellationToken) : [];
        await keywords.CatchUpAsync(context, await database.Queries.Users.KeywordCount(context, userId, cancellationToken), cancellationToken);
        var statuses = new Dictionary<MailboxName, MailboxStatus>(values.Length);
        await foreach (var mailbox in asked.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var status = MailboxStatuses.Describe(mailbox, keywords.Flags, readOnly: false, items);
            statuses.Add(status.Name, status with
            {
                Recent = items.HasFlag(StatusItems.Recent) ? recent.GetValueOrDefault(mailbox.MailboxId) : null,
                DeletedStorage = items.HasFlag(StatusItems.DeletedStorage) ? deleted.GetValueOrDefault(mailbox.MailboxId) : null,
            });
        }

        return statuses;
    }

    /// <summary>How many messages are nobody's \Recent yet, of those mailboxes that have any. RFC 3501 §2.3.2.</summary>
    static Task<Dictionary<int, long>> RecentAsync(MailStoreContext context, IQueryable<MailboxEntity> mailboxes, CancellationToken cancellationToken) =>
        mailboxes
            .Where(static mailbox => mailbox.RecentUid < mailbox.UidNext - 1)
            .Select(mailbox => new
            {
                mailbox.MailboxId,
                Count = context.Messages.LongCount(message => message.UserId == mailbox.UserId && message.MailboxId == mailbox.MailboxId && message.Uid > mailbox.RecentUid),
            })
            .ToDictionaryAsync(static each => each.MailboxId, static each => each.Count, cancellationToken);

    /// <summary>The octets of what is marked \Deleted, of those mailboxes that have any. RFC 9208 §4.1.4.</summary>
    static Task<Dictionary<int, long>> DeletedAsync(MailStoreContext context, IQueryable<MailboxEntity> mailboxes, CancellationToken cancellationToken) =>
        mailboxes
            .Where(static mailbox => mailbox.Deleted > 0)
            .Select(mailbox => new
            {
                mailbox.MailboxId,
                Size = context.Messages.Where(message => message.UserId == mailbox.UserId && message.MailboxId == mailbox.MailboxId && (message.Flags & FlagBits.Deleted) != 0).Sum(message => message.Size),
            })
            .ToDictionaryAsync(static each => each.MailboxId, static each => each.Size, cancellationToken);
}
