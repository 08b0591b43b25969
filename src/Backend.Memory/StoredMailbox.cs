namespace Backend.Memory;

/// <summary>A mailbox, or a name that is kept for its inferiors. Used only by operations that <see cref="Store.RunAsync{T}"/> runs.</summary>
sealed class StoredMailbox(MailboxName name, UidValidity uidValidity, bool isSelectable = true)
{
    readonly List<(ModSeq ModSeq, UidSet Uids)> expunged = [];

    public MailboxName Name { get; set; } = name;

    /// <summary>Made of its first UIDVALIDITY, which no other mailbox of the store ever has. RFC 8474 §4.</summary>
    public MailboxId Id { get; } = new($"M{uidValidity}");

    public UidValidity UidValidity { get; set; } = uidValidity;

    /// <summary>False for a \Noselect name, which never has messages.</summary>
    public bool IsSelectable => isSelectable;

    /// <summary>Its annotations. RFC 5464.</summary>
    public SortedDictionary<string, ReadOnlyMemory<byte>> Metadata { get; } = new(StringComparer.Ordinal);

    public SpecialUse SpecialUse { get; init; }

    /// <summary>Who else may do what with it.</summary>
    public AccessList Access { get; init; } = new();

    /// <summary>Whether it is gone: handles on it are of no use any more.</summary>
    public bool IsDeleted { get; set; }

    public SortedList<Uid, StoredMessage> Messages { get; } = [];

    /// <summary>The UID of the next message. One above the highest UID once all are used up.</summary>
    public long NextUid { get; set; } = 1;

    public ModSeq HighestModSeq { get; private set; } = new(1);

    /// <summary>Messages up to this UID have been \Recent to somebody. RFC 3501 §2.3.2.</summary>
    public long RecentUid { get; set; }

    public Uid UidNext => new((uint)Math.Min(NextUid, uint.MaxValue));

    /// <summary>The flags that messages can have here: the system flags and the keywords in use. RFC 9051 §7.3.5.</summary>
    public FlagSet Flags => FlagSet.Of(Flag.Settable.Concat(Messages.Values.SelectMany(static message => message.Flags)));

    /// <summary>The flags that a client can change for good: all of them, and new ones. None under EXAMINE. RFC 9051 §6.3.3, §7.1.</summary>
    public FlagSet PermanentFlags(bool readOnly) => readOnly ? FlagSet.Empty : Flags.Union(FlagSet.Of(Flag.Wildcard));

    /// <summary>The messages that a set names, ascending by UID.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidSequenceNumber"/>.</exception>
    public List<StoredMessage> Find(NumberSet set)
    {
        var byNumber = set is SequenceSet;
        var ranges = set.Resolve(byNumber ? (uint)Messages.Count : Messages.Keys.LastOrDefault().Value);
        if (byNumber && Messages.Count == 0 && set.Ranges.All(static range => range.First == NumberRange.Star || range.Last == NumberRange.Star))
            return [];
        if (byNumber && ranges.Length > 0 && ranges[^1].Last > Messages.Count)
            throw new BackendException(BackendError.InvalidSequenceNumber, $"There is no message {ranges[^1].Last}: the mailbox has {Messages.Count}.");

        var found = new List<StoredMessage>();
        var next = 0;
        for (var i = 0; i < Messages.Count; i++)
        {
            var message = Messages.GetValueAtIndex(i);
            var number = byNumber ? (uint)i + 1 : message.Uid.Value;
            while (next < ranges.Length && ranges[next].Last < number)
                next++;
            if (next < ranges.Length && ranges[next].First <= number)
                found.Add(message);
        }

        return found;
    }

    public SequenceNumber NumberOf(StoredMessage message) => new((uint)Messages.IndexOfKey(message.Uid) + 1);

    /// <summary>Adds messages at the end, in one change.</summary>
    /// <returns>Their UIDs.</returns>
    /// <exception cref="BackendException"><see cref="BackendError.Limit"/>: there are not so many UIDs left.</exception>
    public List<Uid> Add(IReadOnlyCollection<StoredMessage> messages, DateTimeOffset now)
    {
        if (NextUid + messages.Count - 1 > uint.MaxValue)
            throw new BackendException(BackendError.Limit, $"The mailbox \"{Name}\" has too few UIDs left. Use a new one.");
        var modSeq = NextModSeq();
        var uids = new List<Uid>(messages.Count);
        foreach (var message in messages)
        {
            var uid = new Uid((uint)NextUid++);
            Messages.Add(uid, message with { Uid = uid, ModSeq = modSeq, SaveDate = now });
            uids.Add(uid);
        }

        return uids;
    }

    /// <summary>Gives messages other flags, in one change.</summary>
    public List<StoredMessage> Replace(IEnumerable<StoredMessage> messages)
    {
        var modSeq = NextModSeq();
        var changed = messages.Select(message => message with { ModSeq = modSeq }).ToList();
        foreach (var message in changed)
            Messages[message.Uid] = message;
        return changed;
    }

    /// <summary>Takes messages away, in one change.</summary>
    public ExpungeData Remove(IReadOnlyCollection<StoredMessage> messages)
    {
        foreach (var message in messages)
            Messages.Remove(message.Uid);
        var uids = UidSet.From(messages.Select(static message => message.Uid));
        var modSeq = NextModSeq();
        expunged.Add((modSeq, uids));
        return new ExpungeData(modSeq, uids);
    }

    /// <summary>Takes note of a change that is of no message. RFC 7162 §3.2.</summary>
    public void Touch() => NextModSeq();

    /// <summary>What <see cref="Remove"/> took away after a modification sequence. RFC 7162 §3.2.5.2.</summary>
    public UidSet ExpungedSince(ModSeq since) =>
        UidSet.FromRanges(UidSet.FromRanges(expunged.Where(each => each.ModSeq > since).SelectMany(static each => each.Uids.Ranges)).Resolve(0));

    /// <summary>Moves all messages as they are to a new mailbox: the rename of INBOX. RFC 9051 §6.3.6.</summary>
    public void MoveAllTo(StoredMailbox target)
    {
        foreach (var message in Messages.Values)
            target.Messages.Add(message.Uid, message);
        foreach (var (name, value) in Metadata)
            target.Metadata.Add(name, value);
        (target.NextUid, target.HighestModSeq, target.RecentUid) = (NextUid, HighestModSeq, RecentUid);
        if (Messages.Count > 0)
            Remove([.. Messages.Values]);
    }

    /// <summary>What STATUS tells, but RECENT.</summary>
    public MailboxStatus Describe(StatusItems items, bool readOnly) => new()
    {
        Name = Name,
        Flags = Flags,
        PermanentFlags = PermanentFlags(readOnly),
        Messages = items.HasFlag(StatusItems.Messages) ? Messages.Count : null,
        UidNext = items.HasFlag(StatusItems.UidNext) ? UidNext : null,
        UidValidity = items.HasFlag(StatusItems.UidValidity) ? UidValidity : null,
        Unseen = items.HasFlag(StatusItems.Unseen) ? Messages.Values.Count(static message => !message.Has(Flag.Seen)) : null,
        Deleted = items.HasFlag(StatusItems.Deleted) ? Messages.Values.Count(static message => message.Has(Flag.Deleted)) : null,
        DeletedStorage = items.HasFlag(StatusItems.DeletedStorage) ? Messages.Values.Where(static message => message.Has(Flag.Deleted)).Sum(static message => message.Content.Size) : null,
        Size = items.HasFlag(StatusItems.Size) ? Messages.Values.Sum(static message => message.Content.Size) : null,
        HighestModSeq = items.HasFlag(StatusItems.HighestModSeq) ? HighestModSeq : null,
        MailboxId = items.HasFlag(StatusItems.MailboxId) ? Id : null,
    };

    /// <summary>What is wrong with it, one sentence each, though nothing ever should be.</summary>
    public IEnumerable<string> Faults()
    {
        if (!isSelectable && Messages.Count > 0)
            yield return $"\"{Name}\" is \\Noselect and has messages.";
        if (Messages.Any(static message => message.Key != message.Value.Uid))
            yield return $"\"{Name}\" has a message under the UID of another.";
        if (Messages.Keys.Any(uid => uid.Value >= NextUid) || RecentUid >= NextUid)
            yield return $"\"{Name}\" has a message at or above its UIDNEXT {NextUid}.";
        if (Messages.Values.Any(message => message.ModSeq > HighestModSeq))
            yield return $"\"{Name}\" has a message above its HIGHESTMODSEQ {HighestModSeq}.";
        if (Messages.Keys.Any(uid => ExpungedSince(ModSeq.Zero).Contains(uid, uid)))
            yield return $"\"{Name}\" has a message that was expunged.";
        if (Messages.Values.Any(static message => message.Has(Flag.Recent) || message.Content.Size != message.Content.Octets.Length))
            yield return $"\"{Name}\" has a message that is not as it was appended.";
    }

    ModSeq NextModSeq() => HighestModSeq = new ModSeq(HighestModSeq.Value + 1);
}
