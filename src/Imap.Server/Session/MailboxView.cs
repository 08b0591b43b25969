namespace Imap.Server.Session;

/// <summary>
/// What one session has been told of its mailbox: the UIDs in order, so it alone knows sequence numbers (RFC 9051 §2.3.1.2). Messages that
/// are gone keep their number until the client may be told (§7.5.1). Pure: it does no I/O and knows no backend.
/// </summary>
sealed class MailboxView
{
    readonly List<uint> uids;
    readonly List<uint> recent = [];
    readonly List<uint> gone = [];

    /// <summary>A mailbox as SELECT tells it.</summary>
    public MailboxView(ImmutableArray<Uid> uids, UidSet recent)
    {
        this.uids = new List<uint>(uids.Length);
        foreach (var uid in uids)
            this.uids.Add(uid.Value);
        Count = uids.Length;
        AddRecent(recent);
    }

    /// <summary>The number of messages that the client has been told of, those that are gone included until it is told.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there are messages that the client has not been told of.</summary>
    public bool HasNew => uids.Count > Count;

    /// <summary>How many of them are \Recent. RFC 3501 §2.3.2.</summary>
    public int RecentCount => recent.Count;

    // The highest UID that the client has been told of; zero when there is no message.
    uint Highest => Count == 0 ? 0 : uids[Count - 1];

    // The highest UID, told or not.
    uint HighestOfAll => uids.Count == 0 ? 0 : uids[^1];

    /// <summary>Whether messages are gone without the client having been told.</summary>
    public bool HasExpunged => gone.Count > 0;

    /// <summary>Gives a message's sequence number.</summary>
    public bool TryGetNumber(Uid uid, out uint number)
    {
        var index = uids.BinarySearch(0, Count, uid.Value, null);
        number = (uint)(index + 1);
        return index >= 0;
    }

    /// <summary>
    /// Adds a new message at the end; one that is not behind all others is not new and is left out. It has no number until
    /// <see cref="TakeNew"/>.
    /// </summary>
    public bool TryAdd(Uid uid)
    {
        if (uid.Value <= HighestOfAll)
            return false;
        uids.Add(uid.Value);
        return true;
    }

    /// <summary>The messages that the client has not been told of.</summary>
    public IEnumerable<Uid> New => uids.Skip(Count).Select(static uid => new Uid(uid));

    /// <summary>The messages that are gone without the client having been told, of those that it knows.</summary>
    public IEnumerable<Uid> Expunged => gone.Select(static uid => new Uid(uid)).Where(uid => TryGetNumber(uid, out _));

    /// <summary>The UIDs of the messages behind the first so many.</summary>
    public IEnumerable<Uid> After(int count)
    {
        for (var i = count; i < Count; i++)
            yield return new Uid(uids[i]);
    }

    /// <summary>Gives the number of messages to announce, now that the new ones are among them.</summary>
    public int TakeNew() => Count = uids.Count;

    /// <summary>Marks messages as \Recent to this session.</summary>
    public void AddRecent(UidSet set)
    {
        var before = recent.Count;
        foreach (var (first, last) in set.Resolve(HighestOfAll))
            for (var i = LowerBound(uids, first); i < uids.Count && uids[i] <= last; i++)
                if (recent.BinarySearch(0, before, uids[i], null) < 0)
                    recent.Add(uids[i]);
        recent.Sort();
    }

    /// <summary>Takes note that messages are gone. UIDs that are not here are not minded.</summary>
    public void Expunge(UidSet set)
    {
        var before = gone.Count;
        foreach (var (first, last) in set.Resolve(HighestOfAll))
            for (var i = LowerBound(uids, first); i < uids.Count && uids[i] <= last; i++)
                if (gone.BinarySearch(0, before, uids[i], null) < 0)
                    gone.Add(uids[i]);
        gone.Sort();
    }

    /// <summary>
    /// Takes the messages that are gone out of the list and gives the numbers to announce, each as it is once those before it have been
    /// announced: lower ones first. RFC 9051 §7.5.1. A message that came and went without the client having been told was never there.
    /// </summary>
    public IReadOnlyList<uint> TakeExpunged()
    {
        var numbers = new List<uint>(gone.Count);
        Take((number, _) => numbers.Add(number));
        return numbers;
    }

    /// <summary>The same, and gives their UIDs. RFC 7162 §3.2.10.2: only of messages that the client has been told of.</summary>
    public UidSet TakeVanished()
    {
        var vanished = new List<Uid>(gone.Count);
        Take((_, uid) => vanished.Add(new Uid(uid)));
        return UidSet.From(vanished);
    }

    /// <summary>
    /// Says which messages a client means by sequence numbers. In an empty mailbox a range with <c>*</c> means none: clients send
    /// <c>1:*</c> without looking.
    /// </summary>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidSequenceNumber"/>: a number is above the number of messages.</exception>
    public UidSet ToUids(SequenceSet set)
    {
        foreach (var (first, last) in set.Ranges)
        {
            var hasStar = first == NumberRange.Star || last == NumberRange.Star;
            var highest = Math.Max(first, last);
            if (highest > Count && !(hasStar && Count == 0))
                throw new BackendException(BackendError.InvalidSequenceNumber, $"There is no message {highest}: the mailbox has {Count} messages.");
        }

        return ToUidsOfPresent(set);
    }

    /// <summary>The same, where numbers above the number of messages mean none.</summary>
    public UidSet ToUidsOfPresent(SequenceSet set) =>
        UidSet.FromRanges(set.Resolve((uint)Count)
            .Where(range => range.First <= Count)
            .Select(range => new NumberRange(uids[(int)range.First - 1], uids[Math.Min((int)Math.Min(range.Last, int.MaxValue), Count) - 1])));

    /// <summary>
    /// Says which messages a client means by UIDs: with <c>*</c> as the highest it has been told of, and none above that, for a message
    /// without a sequence number cannot be answered about.
    /// </summary>
    public UidSet ToUids(UidSet set) =>
        UidSet.FromRanges(set.Resolve(Highest)
            .Where(range => range.First <= Highest)
            .Select(range => new NumberRange(range.First, Math.Min(range.Last, Highest))));

    /// <summary>Says which messages a client means, by whatever numbers.</summary>
    public UidSet ToUids(NumberSet set) => set is SequenceSet numbers ? ToUids(numbers) : ToUids((UidSet)set);

    /// <summary>Which of the messages here are in the set: their UIDs and sequence numbers, ascending.</summary>
    public IEnumerable<(Uid Uid, uint Number)> Find(UidSet set)
    {
        foreach (var (first, last) in set.Resolve(Highest))
            for (var i = LowerBound(uids, first); i < Count && uids[i] <= last; i++)
                yield return (new Uid(uids[i]), (uint)(i + 1));
    }

    /// <summary>The sequence numbers of those messages here that are in the set.</summary>
    public SequenceSet ToNumbers(UidSet set) => SequenceSet.From(Find(set).Select(static message => new SequenceNumber(message.Number)));

    /// <summary>How many of the messages here are in the set.</summary>
    public int CountIn(UidSet set) =>
        set.Resolve(Highest).Sum(range => Math.Min(UpperBound(range.Last), Count) - Math.Min(LowerBound(uids, range.First), Count));

    /// <summary>The UIDs of an ascending set, without <c>*</c>, that no message here has, told or not. RFC 7162 §3.2.10.1.</summary>
    public UidSet WithoutPresent(UidSet set)
    {
        var absent = new List<NumberRange>(set.Ranges.Length);
        foreach (var (first, last) in set.Ranges)
        {
            var next = (long)first;
            for (var i = LowerBound(uids, first); i < uids.Count && uids[i] <= last; i++)
            {
                if (uids[i] > next)
                    absent.Add(new NumberRange((uint)next, uids[i] - 1));
                next = uids[i] + 1L;
            }

            if (next <= last)
                absent.Add(new NumberRange((uint)next, last));
        }

        return UidSet.FromRanges(absent);
    }

    /// <summary>Whether the set names a message that is gone without the client having been told.</summary>
    public bool HasExpungedIn(UidSet set) =>
        gone.Count > 0 && set.Resolve(Highest).Any(range => LowerBound(gone, range.First) is var at && at < gone.Count && gone[at] <= range.Last);

    void Take(Action<uint, uint> told)
    {
        if (gone.Count == 0)
            return;
        var kept = LowerBound(uids, gone[0]);
        var (next, taken) = (0, 0);
        for (var i = kept; i < uids.Count; i++)
        {
            if (next == gone.Count || uids[i] != gone[next])
            {
                uids[kept++] = uids[i];
                continue;
            }

            next++;
            if (i >= Count)
                continue;
            told((uint)(kept + 1), uids[i]);
            taken++;
        }

        uids.RemoveRange(kept, uids.Count - kept);
        Count -= taken;
        recent.RemoveAll(uid => gone.BinarySearch(uid) >= 0);
        gone.Clear();
    }

    int UpperBound(uint uid) => uid == uint.MaxValue ? uids.Count : LowerBound(uids, uid + 1);

    static int LowerBound(List<uint> sorted, uint value)
    {
        var index = sorted.BinarySearch(value);
        return index < 0 ? ~index : index;
    }
}
