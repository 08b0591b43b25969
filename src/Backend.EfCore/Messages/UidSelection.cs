using Backend.EfCore.Entities;

namespace Backend.EfCore.Messages;

/// <summary>The messages of a request as ascending ranges of UIDs that neither overlap nor touch. There may be no message behind a UID.</summary>
readonly record struct UidSelection(ImmutableArray<NumberRange> Ranges)
{
    /// <summary>More ranges than this become one list parameter of a query instead of one query each.</summary>
    const int MaxQueries = 8;

    public bool IsEmpty => Ranges.IsEmpty;

    public long First => Ranges[0].First;

    public long Last => Ranges[^1].Last;

    /// <summary>Whether <see cref="ResolveAsync"/> has to look at the messages: then it and what looks at the mailbox's row have to see one state.</summary>
    public static bool LooksAtMessages(NumberSet set) =>
        set is SequenceSet || (set.Ranges is not [{ First: 1, Last: NumberRange.Star }] && set.Ranges.Any(static range => range.First == NumberRange.Star || range.Last == NumberRange.Star));

    /// <summary>
    /// Finds what a set names. <c>*</c> and sequence numbers are looked up in the mailbox as it stands in this transaction.
    /// </summary>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidSequenceNumber"/>.</exception>
    public static async Task<UidSelection> ResolveAsync(MailStoreDatabase database, MailStoreContext context, MailboxEntity mailbox, NumberSet set, CancellationToken cancellationToken)
    {
        if (mailbox.Messages == 0 && set is UidSet)
            return new UidSelection([]);
        if (set is SequenceSet)
            return FromSequence(set, await UidsAsync(database, context, mailbox, 1, uint.MaxValue, cancellationToken));
        var highest = uint.MaxValue;
        if (LooksAtMessages(set))
            highest = (uint)await context.Messages
                .Where(message => message.UserId == mailbox.UserId && message.MailboxId == mailbox.MailboxId)
                .Select(static message => message.Uid)
                .MaxAsync(cancellationToken);
        return new UidSelection(set.Resolve(highest));
    }

    /// <summary>The UIDs of the mailbox between two, ascending.</summary>
    public static async Task<List<uint>> UidsAsync(MailStoreDatabase database, MailStoreContext context, MailboxEntity mailbox, long first, long last, CancellationToken cancellationToken)
    {
        var uids = new List<uint>();
        await foreach (var uid in database.Queries.Messages.Uids(context, mailbox.UserId, mailbox.MailboxId, first, last).WithCancellation(cancellationToken))
            uids.Add((uint)uid);
        return uids;
    }

    /// <summary>
    /// The selected messages of the mailbox as one query, or as one for each range where that is not many; together they give each message once, ascending.
    /// </summary>
    public async Task<ImmutableArray<IQueryable<MessageEntity>>> QueriesAsync(MailStoreDatabase database, MailStoreContext context, MailboxEntity mailbox, CancellationToken cancellationToken)
    {
        if (Ranges.Length <= MaxQueries)
            return [.. Ranges.Select(range => Between(context, mailbox, range.First, range.Last))];
        IReadOnlyList<NumberRange> ranges = Ranges;
        var selected = (await UidsAsync(database, context, mailbox, First, Last, cancellationToken)).Where(uid => ranges.Hold(uid)).Select(static uid => (long)uid).ToArray();
        return [Between(context, mailbox, First, Last).Where(message => EF.Parameter(selected).Contains(message.Uid))];
    }

    /// <summary>The ranges, with those joined to one that are so near to each other that what is between them is sooner read than left out.</summary>
    /// <param name="maxGap">How many messages between two are read in about the time that one more query takes.</param>
    public IEnumerable<NumberRange> Stretches(int maxGap)
    {
        if (IsEmpty)
            yield break;
        var stretch = Ranges[0];
        foreach (var range in Ranges)
        {
            if (range.First - (long)stretch.Last > maxGap)
            {
                yield return stretch;
                stretch = range;
            }

            stretch = stretch with { Last = range.Last };
        }

        yield return stretch;
    }

    /// <summary>The messages of a mailbox between two UIDs.</summary>
    public static IQueryable<MessageEntity> Between(MailStoreContext context, MailboxEntity mailbox, long first, long last)
    {
        var (userId, mailboxId) = (mailbox.UserId, mailbox.MailboxId);
        return context.Messages.Where(message => message.UserId == userId && message.MailboxId == mailboxId && message.Uid >= first && message.Uid <= last);
    }

    /// <summary>What sequence numbers name among these UIDs, which are all of the mailbox's.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidSequenceNumber"/>.</exception>
    public static UidSelection FromSequence(NumberSet set, List<uint> uids)
    {
        if (uids.Count == 0 && set.Ranges.All(static range => range.First == NumberRange.Star || range.Last == NumberRange.Star))
            return new UidSelection([]);
        var ranges = new List<NumberRange>();
        foreach (var range in set.Resolve((uint)uids.Count))
        {
            if (range.Last > uids.Count)
                throw new BackendException(BackendError.InvalidSequenceNumber, $"There is no message {range.Last}: the mailbox has {uids.Count}.");
            ranges.Add(new NumberRange(uids[(int)range.First - 1], uids[(int)range.Last - 1]));
        }

        return new UidSelection([.. ranges]);
    }
}
