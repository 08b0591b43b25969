namespace Backend.EfCore.Updates;

/// <summary>
/// The updates that wait to be told to other processes. What waits for the same mailbox is told together; of what would be too much only
/// a hint is kept, so the memory is bounded whatever happens. Thread-safe; never waits.
/// </summary>
sealed class UpdateOutbox
{
    /// <summary>How many updates wait before they become hints.</summary>
    public const int Capacity = 2048;

    /// <summary>Of an update about more stretches of messages than this only a hint is kept: it would not fit into a notification.</summary>
    public const int MaxRanges = 400;

    readonly Lock gate = new();
    readonly LinkedList<Update> waiting = new();
    readonly Dictionary<(string? Username, MailboxName? Mailbox), LinkedListNode<Update>> last = [];

    /// <summary>Puts updates in line.</summary>
    public void Add(IReadOnlyList<Update> updates)
    {
        lock (gate)
            AddAll(updates);
    }

    /// <summary>Takes everything that waits, in order.</summary>
    public IReadOnlyList<Update> Take()
    {
        lock (gate)
            return TakeAll();
    }

    /// <summary>Puts what was taken, and could not be told, in front again. Some of it may have arrived, so it is hints from now on.</summary>
    public void Return(IReadOnlyList<Update> taken)
    {
        lock (gate)
        {
            var later = TakeAll();
            AddAll([.. taken.Select(Hints.WithoutMessages)]);
            AddAll(later);
        }
    }

    void AddAll(IReadOnlyList<Update> updates)
    {
        foreach (var update in updates)
        {
            Append(update);
            if (waiting.Count > Capacity)
                Reduce();
        }
    }

    List<Update> TakeAll()
    {
        var all = waiting.ToList();
        waiting.Clear();
        last.Clear();
        return all;
    }

    void Append(Update update)
    {
        var key = (update.Username, update.Mailbox);
        if (last.TryGetValue(key, out var previous) && Merge(previous.Value, update) is { } merged)
        {
            waiting.Remove(previous);
            update = merged;
        }

        last[key] = waiting.AddLast(Bounded(update));
    }

    /// <summary>Keeps one hint for each mailbox; where even these are too many, one for everybody.</summary>
    void Reduce()
    {
        var all = TakeAll();
        foreach (var update in all)
            Append(Hints.WithoutMessages(update));
        if (waiting.Count <= Capacity / 2)
            return;
        TakeAll();
        Append(Hints.Everything());
    }

    /// <summary>The two in one, where no more than the order within other mailboxes' updates is lost.</summary>
    static Update? Merge(Update earlier, Update later) => (earlier, later) switch
    {
        (MailboxUpdate, MailboxUpdate) => later,
        (MessageUpdate one, MessageUpdate two) => new MessageUpdate { Username = two.Username, Mailbox = two.Mailbox, Uids = Union(one.Uids, two.Uids), ModSeq = two.ModSeq },
        (ExpungeUpdate one, ExpungeUpdate two) => new ExpungeUpdate { Username = two.Username, Mailbox = two.Mailbox, Uids = Union(one.Uids, two.Uids), ModSeq = two.ModSeq },
        _ => null,
    };

    static UidSet Union(UidSet one, UidSet two) => UidSet.FromRanges(UidSet.FromRanges(one.Ranges.Concat(two.Ranges)).Resolve(0));

    static Update Bounded(Update update) => update is MessageUpdate { Uids.Ranges.Length: > MaxRanges } or ExpungeUpdate { Uids.Ranges.Length: > MaxRanges }
        ? Hints.WithoutMessages(update)
        : update;
}
