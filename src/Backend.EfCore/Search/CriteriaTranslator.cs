using System.Linq.Expressions;
using Backend.EfCore.Messages;
using Backend.Mime.Sorting;

namespace Backend.EfCore.Search;

/// <summary>
/// Makes expression trees of search keys. Where the database cannot decide alone (an arbitrary header field; a message whose text is
/// kept in part; more keys than a query takes), there are two: one that holds for every message that may match, one for every message
/// that surely does. What is between the two is for the message itself to say. RFC 9051 §6.4.4.
/// </summary>
sealed class CriteriaTranslator(MailStoreContext context, SearchMailbox mailbox, IndexedTexts texts)
{
    /// <summary>More ranges than this become one list parameter: long OR chains take the database long to compile.</summary>
    public const int MaxRanges = 8;

    /// <summary>
    /// More keys than this are left to the messages themselves: a key becomes up to four conditions, and SQLite takes no expression deeper than 1,000.
    /// </summary>
    const int MaxKeys = 150;

    const int SecondsOfDay = 24 * 60 * 60;

    static readonly int UnixEpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    int keys;

    /// <summary>Whether some key looks at <see cref="SearchRow.Content"/>.</summary>
    public bool UsesContent { get; private set; }

    /// <summary>Whether some key looks at <see cref="SearchRow.Text"/>.</summary>
    public bool UsesText { get; private set; }

    /// <summary>Whether there is a key that only the message itself can decide about.</summary>
    bool IsVague { get; set; }

    /// <summary>The predicates of a key: that a message may match, and that it surely does.</summary>
    public (Expression<Func<SearchRow, bool>> Possible, Expression<Func<SearchRow, bool>> Sure) Translate(SearchKey key)
    {
        var possible = Translate(key, sure: false);
        if (!IsVague && mailbox.CutContents is null && keys <= MaxKeys)
            return (possible, Predicates.Every);
        keys = 0;
        return (possible, Translate(key, sure: true));
    }

    Expression<Func<SearchRow, bool>> Translate(SearchKey key, bool sure) => key switch
    {
        SearchKey.All => Predicates.Every,
        SearchKey.Not not => Predicates.Not(Translate(not.Key, !sure)),
        SearchKey.And and => and.Keys.Select(each => Translate(each, sure)).Aggregate(Predicates.Every, Predicates.And),
        SearchKey.Or or => Predicates.Or(Translate(or.Left, sure), Translate(or.Right, sure)),
        _ when ++keys > MaxKeys => sure ? Predicates.None : Predicates.Every,
        SearchKey.HasFlag flag => Flag(flag.Flag),
        SearchKey.Uids uids => InRanges(uids.Set.Resolve(mailbox.Uids is { Count: > 0 } all ? all[^1] : 0)),
        SearchKey.Sequence sequence => InRanges(UidSelection.FromSequence(sequence.Set, mailbox.Uids!).Ranges),
        SearchKey.Larger larger => row => row.Message.Size > larger.Octets,
        SearchKey.Smaller smaller => row => row.Message.Size < smaller.Octets,
        SearchKey.InternalDate date => InternalDate(date.Comparison, date.Day),
        SearchKey.SaveDate date => SaveDate(date.Comparison, date.Day),
        SearchKey.Younger younger => Younger(mailbox.Now - younger.Seconds),
        SearchKey.Older older => Older(mailbox.Now - older.Seconds),
        SearchKey.ChangedFrom changed => ChangedFrom(changed.Lowest.Value),
        SearchKey.EmailId email => EmailId(email.Id),
        SearchKey.ThreadId thread => ThreadId(thread.Id),
        SearchKey.SentDate date => SentDate(date.Comparison, date.Day),
        _ => Text(key, sure),
    };

    Expression<Func<SearchRow, bool>> Flag(Flag flag)
    {
        if (flag == Abstractions.Model.Flag.Recent)
            return Recent();
        foreach (var (system, bit) in FlagBits.System)
            if (system == flag)
                return HasBit(bit);
        var id = mailbox.Keywords.IdOf(flag);
        if (id < 0)
            return Predicates.None;
        return id < FlagBits.KeywordBits
            ? HasBit(FlagBits.OfKeyword(id))
            : row => context.MessageKeywords.Any(keyword =>
                keyword.UserId == row.Message.UserId && keyword.MailboxId == row.Message.MailboxId && keyword.Uid == row.Message.Uid && keyword.KeywordId == id);
    }

    static Expression<Func<SearchRow, bool>> HasBit(long bit) => row => (row.Message.Flags & bit) != 0;

    Expression<Func<SearchRow, bool>> Recent()
    {
        var recentUid = mailbox.Row.RecentUid;
        return Predicates.Or(InRanges(mailbox.Handle.Recent), row => row.Message.Uid > recentUid);
    }

    Expression<Func<SearchRow, bool>> InRanges(IReadOnlyList<NumberRange> ranges)
    {
        if (ranges.Count <= MaxRanges)
            return ranges.Select(Between).Aggregate(Predicates.None, Predicates.Or);
        var uids = mailbox.Uids!.Where(uid => ranges.Hold(uid)).Select(static uid => (long)uid).ToArray();
        return row => EF.Parameter(uids).Contains(row.Message.Uid);
    }

    static Expression<Func<SearchRow, bool>> Between(NumberRange range)
    {
        var (first, last) = ((long)range.First, (long)range.Last);
        return row => row.Message.Uid >= first && row.Message.Uid <= last;
    }

    // The day as the date was given: its own offset counts, and no other.
    static Expression<Func<SearchRow, bool>> InternalDate(DateComparison comparison, DateOnly day)
    {
        var start = (long)(day.DayNumber - UnixEpochDay) * SecondsOfDay;
        var end = start + SecondsOfDay;
        return comparison switch
        {
            DateComparison.Before => row => row.Message.InternalDate + (row.Message.InternalOffset * 60L) < start,
            DateComparison.On => row => row.Message.InternalDate + (row.Message.InternalOffset * 60L) >= start && row.Message.InternalDate + (row.Message.InternalOffset * 60L) < end,
            _ => row => row.Message.InternalDate + (row.Message.InternalOffset * 60L) >= start,
        };
    }

    static Expression<Func<SearchRow, bool>> SaveDate(DateComparison comparison, DateOnly day)
    {
        var start = (long)(day.DayNumber - UnixEpochDay) * SecondsOfDay;
        var end = start + SecondsOfDay;
        return comparison switch
        {
            DateComparison.Before => row => row.Message.SaveDate < start,
            DateComparison.On => row => row.Message.SaveDate >= start && row.Message.SaveDate < end,
            _ => row => row.Message.SaveDate >= start,
        };
    }

    static Expression<Func<SearchRow, bool>> Younger(long since) => row => row.Message.InternalDate >= since;

    static Expression<Func<SearchRow, bool>> Older(long until) => row => row.Message.InternalDate <= until;

    static Expression<Func<SearchRow, bool>> ChangedFrom(long lowest) => row => row.Message.ModSeq >= lowest;

    // That of a content which came here first, or copies of it that came back; else only of copies.
    Expression<Func<SearchRow, bool>> EmailId(string id)
    {
        var userId = mailbox.Row.UserId;
        var copies = context.Contents.Where(content => content.UserId == userId && content.Origin == id).Select(static content => content.ContentId);
        if (!ObjectIds.TryParseEmail(id, userId, out var number))
            return row => copies.Contains(row.Message.ContentId);
        return row => copies.Contains(row.Message.ContentId)
            || (row.Message.ContentId == number && !context.Contents.Any(content => content.UserId == userId && content.ContentId == number && content.Origin != null));
    }

    Expression<Func<SearchRow, bool>> ThreadId(string id) => ObjectIds.TryParseThread(id, out var thread)
        ? row => context.ContentSorts.Any(sort => sort.UserId == row.Message.UserId && sort.ContentId == row.Message.ContentId && sort.ThreadId == thread)
        : Predicates.None;

    Expression<Func<SearchRow, bool>> SentDate(DateComparison comparison, DateOnly day)
    {
        UsesContent = true;
        var number = day.DayNumber;
        return comparison switch
        {
            DateComparison.Before => row => row.Content.SentDay.HasValue && row.Content.SentDay.Value < number,
            DateComparison.On => row => row.Content.SentDay.HasValue && row.Content.SentDay.Value == number,
            _ => row => row.Content.SentDay.HasValue && row.Content.SentDay.Value >= number,
        };
    }

    Expression<Func<SearchRow, bool>> Text(SearchKey key, bool sure)
    {
        var test = TextTest.Of(key, sure) ?? throw new ArgumentException($"{key.GetType().Name} is no search key that is known here.", nameof(key));
        IsVague |= TextTest.IsVague(key);
        if (test == TextTest.Every)
            return Predicates.Every;
        var found = test == TextTest.None ? Predicates.None : texts.Answers(key) ? Found(texts.Find(test)) : Scan(test);
        return sure || mailbox.CutContents is not { } cut ? found : Predicates.Or(found, Found(cut));
    }

    static Expression<Func<SearchRow, bool>> Found(IQueryable<long> contents) => row => contents.Contains(row.Message.ContentId);

    Expression<Func<SearchRow, bool>> Scan(TextTest test)
    {
        if (test.Refines is { } refined)
        {
            UsesContent = true;
            return Predicates.On(refined, static row => row.Content);
        }

        UsesText = true;
        return Predicates.On(test.Holds, static row => row.Text);
    }
}
