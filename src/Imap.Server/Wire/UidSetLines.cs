namespace Imap.Server.Wire;

/// <summary>Long sets of UIDs as several responses, so that no line and no buffer grows with the mailbox.</summary>
static class UidSetLines
{
    /// <summary>So many ranges have less than 8,192 octets. RFC 7162 §4.</summary>
    const int RangesInLine = 370;

    /// <summary>The set in pieces that each fit a line; nothing of an empty one.</summary>
    public static IEnumerable<UidSet> Split(this UidSet uids)
    {
        if (uids.Ranges.Length <= RangesInLine)
            return uids.IsEmpty ? [] : [uids];
        return uids.Ranges.Chunk(RangesInLine).Select(UidSet.FromRanges);
    }
}
