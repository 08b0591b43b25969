using Backend.EfCore.Entities;
using Backend.EfCore.Messages;
using Backend.EfCore.Search;

namespace Backend.EfCore.Sorting;

/// <summary>The messages that a search found, to be looked at in another order than the mailbox's.</summary>
/// <param name="Uids">Which, ascending; null for all of the mailbox.</param>
sealed record FoundMessages(List<Uid>? Uids)
{
    /// <summary>Of more of the mailbox than one in so many, all are read and the others left out: the list would take longer.</summary>
    const int MaxShare = 4;

    public bool IsEmpty => Uids is { Count: 0 };

    public static async Task<FoundMessages> FindAsync(MailStoreDatabase database, MailboxHandle handle, KeywordDictionary keywords, SearchCriteria criteria, CancellationToken cancellationToken) =>
        new(criteria.Key is SearchKey.All ? null : await new SearchMessages(database, handle, keywords).ExecuteAsync(criteria, cancellationToken));

    /// <summary>They and perhaps others: <see cref="Holds"/> tells.</summary>
    public IQueryable<MessageEntity> In(MailStoreContext context, MailboxEntity mailbox)
    {
        if (Uids is null)
            return UidSelection.Between(context, mailbox, 1, uint.MaxValue);
        var range = UidSelection.Between(context, mailbox, Uids[0].Value, Uids[^1].Value);
        if (Uids.Count == Uids[^1].Value - Uids[0].Value + 1L || Uids.Count * (long)MaxShare > mailbox.Messages)
            return range;
        var list = Uids.ConvertAll(static uid => (long)uid.Value).ToArray();
        return range.Where(message => EF.Parameter(list).Contains(message.Uid));
    }

    /// <summary>Whether this is one of them.</summary>
    public bool Holds(Uid uid) => Uids is null || Uids.BinarySearch(uid) >= 0;
}
