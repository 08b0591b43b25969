using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Qresync;

/// <summary>
/// Sequence match data: sequence numbers, and the UIDs that the client knows them to have. Where one still is so, the client knows of
/// every message up to it that is gone. RFC 7162 §3.2.5.2.
/// </summary>
sealed class SequenceMatch(SequenceSet numbers, UidSet uids)
{
    /// <summary>Reads <c>"(" known-sequence-set SP known-uid-set ")"</c>: as many of the one as of the other, both ascending, without *.</summary>
    public static SequenceMatch Read(ref ImapReader reader)
    {
        var expected = reader.Expected("sequence match data: two ascending sets of the same size, without *");
        reader.Take('(');
        var numbers = reader.SequenceSet();
        reader.Space();
        var uids = reader.UidSet();
        reader.Take(')');
        return IsAscending(numbers) && IsAscending(uids) && CountOf(numbers) == CountOf(uids) ? new SequenceMatch(numbers, uids) : throw expected;
    }

    /// <summary>Whether a set has a *, which means nothing before the mailbox is open.</summary>
    public static bool HasStar(NumberSet set) => set.Ranges.Any(static range => range.First == NumberRange.Star || range.Last == NumberRange.Star);

    /// <summary>The last UID that is where the client knows it to be; null for none.</summary>
    public Uid? FindLast(MailboxView view)
    {
        Uid? last = null;
        foreach (var (number, uid) in Each(numbers).Zip(Each(uids)))
        {
            if (number > view.Count)
                break;
            if (view.TryGetNumber(new Uid(uid), out var actual) && actual == number)
                last = new Uid(uid);
        }

        return last;
    }

    static bool IsAscending(NumberSet set)
    {
        var before = 0u;
        foreach (var (first, last) in set.Ranges)
        {
            if (first <= before || last < first)
                return false;
            before = last;
        }

        return true;
    }

    static long CountOf(NumberSet set) => set.Ranges.Sum(static range => range.Count);

    static IEnumerable<uint> Each(NumberSet set)
    {
        foreach (var (first, last) in set.Ranges)
            for (var number = (long)first; number <= last; number++)
                yield return (uint)number;
    }
}
