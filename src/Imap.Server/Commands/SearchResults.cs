using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>The messages that a SEARCH or SORT found, in the order in which they are told.</summary>
/// <param name="messages">They, with UID and sequence number.</param>
/// <param name="byUid">Whether they are told by UID.</param>
sealed class SearchResults(IReadOnlyList<(Uid Uid, uint Number)> messages, bool byUid)
{
    /// <summary>How many there are.</summary>
    public int Count => messages.Count;

    /// <summary>How the result at a place is told: its UID or its sequence number.</summary>
    public uint this[int index] => byUid ? messages[index].Uid.Value : messages[index].Number;

    /// <summary>The UIDs of those in some stretches of the order.</summary>
    public UidSet UidsIn(IEnumerable<Range> stretches) =>
        UidSet.From(stretches.SelectMany(stretch => messages.Take(stretch)).Select(static message => message.Uid).Distinct().Order());

    /// <summary>Writes a stretch, which is not empty, as a sequence-set in this order. RFC 4731 §3.1; RFC 5267 §3.2.</summary>
    public async ValueTask WriteSetAsync(ImapWriter writer, Range stretch)
    {
        var (start, length) = stretch.GetOffsetAndLength(Count);
        for (var first = start; first < start + length;)
        {
            var last = first;
            while (last + 1 < start + length && this[last + 1] == this[last] + 1)
                last++;
            if (first > start)
                writer.Octet(',');
            writer.Number(this[first]);
            if (last > first)
                writer.Octet(':').Number(this[last]);
            await writer.FlushIfFullAsync();
            first = last + 1;
        }
    }
}
