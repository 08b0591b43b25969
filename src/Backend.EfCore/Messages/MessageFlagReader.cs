using Backend.EfCore.Entities;
using Backend.EfCore.Queries;

namespace Backend.EfCore.Messages;

/// <summary>Makes flags of what the database has: looks up names that are new and keywords that have no bit, only where there are any.</summary>
sealed class MessageFlagReader(MailStoreDatabase database, KeywordDictionary keywords, MailboxHandle handle, MailboxEntity mailbox)
{
    Dictionary<long, List<int>> more = [];

    /// <summary>Gets ready for these messages of the mailbox.</summary>
    /// <param name="context">Where to read.</param>
    /// <param name="first">The lowest UID among them.</param>
    /// <param name="last">The highest UID among them.</param>
    /// <param name="columns">All flags of theirs, or-ed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task PrepareAsync(MailStoreContext context, long first, long last, long columns, CancellationToken cancellationToken)
    {
        more = [];
        var highest = -1;
        if ((columns & FlagBits.MoreKeywords) != 0)
        {
            await foreach (var keyword in database.Queries.Messages.Keywords(context, mailbox.UserId, mailbox.MailboxId, first, last).WithCancellation(cancellationToken))
            {
                if (!more.TryGetValue(keyword.Uid, out var ids))
                    more.Add(keyword.Uid, ids = []);
                ids.Add(keyword.KeywordId);
                highest = Math.Max(highest, keyword.KeywordId);
            }
        }

        if (!keywords.Knows(columns, highest))
            await keywords.ReloadAsync(context, cancellationToken);
    }

    /// <summary>The keywords without a bit of a message.</summary>
    public IReadOnlyList<int> MoreOf(long uid) => more.TryGetValue(uid, out var ids) ? ids : [];

    public FlagSet ToFlags(long uid, long column) =>
        keywords.ToFlags(column, handle.IsRecent(uid, mailbox.RecentUid), (column & FlagBits.MoreKeywords) != 0 ? MoreOf(uid) : null);

    /// <summary>The flags of these messages, which are ascending.</summary>
    public async Task<ImmutableArray<MessageFlags>> ReadAsync(MailStoreContext context, IReadOnlyList<FlagsRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return [];
        await PrepareAsync(context, rows[0].Uid, rows[^1].Uid, rows.Aggregate(0L, static (all, row) => all | row.Flags), cancellationToken);
        return [.. rows.Select(row => new MessageFlags(new Uid((uint)row.Uid), ToFlags(row.Uid, row.Flags), new ModSeq(row.ModSeq)))];
    }
}
