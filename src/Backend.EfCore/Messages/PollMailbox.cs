using Backend.EfCore.Entities;
using Backend.EfCore.Mailboxes;
using Backend.EfCore.Queries;
using Backend.Mime;

namespace Backend.EfCore.Messages;

/// <summary>
/// What happened since a modification sequence, from the log of changes and the UIDs above those told. One query when nothing did.
/// RFC 7162 §3.2.5.2, §5.3.
/// </summary>
sealed class PollMailbox(MailStoreDatabase database, MailboxHandle handle, KeywordDictionary keywords)
{
    /// <summary>More stretches of changed messages than this are read as one.</summary>
    const int MaxQueries = 16;

    public async Task<MailboxChanges?> ExecuteAsync(ModSeq since, CancellationToken cancellationToken)
    {
        var mailbox = await database.ReadAsync(handle.Lease, (context, token) => FindAsync(context, token), cancellationToken);
        var guest = handle.Guest;
        if (mailbox.HighestModSeq == since.Value && guest?.Rights == guest?.ToldRights)
            return null;

        MailboxChanges? changes = null;
        (mailbox, changes) = await database.ReadConsistentlyAsync(handle.Lease, (context, token) => ReadAsync(context, since, token), cancellationToken);
        var recent = await new SelectMailbox(database, handle, keywords).TakeRecentAsync(mailbox, cancellationToken);
        handle.Told = (changes.HighestModSeq, changes.UidNext);
        if (guest is not null && guest.Rights != guest.ToldRights)
        {
            guest.ToldRights = guest.Rights;
            changes = changes with { PermanentFlags = FlagRights.Allowed(MailboxStatuses.PermanentFlags(changes.Flags, handle.IsReadOnly), guest.Rights) };
        }

        return recent.IsEmpty ? changes : changes with
        {
            Recent = UidSet.From(changes.Changed.Select(static change => change.Uid).Where(uid => recent.Contains(uid, Uid.MaxValue))),
            Changed = [.. changes.Changed.Select(change => recent.Contains(change.Uid, Uid.MaxValue) ? change with { Flags = change.Flags.Union(FlagSet.Of(Flag.Recent)) } : change)],
        };
    }

    async Task<MailboxEntity> FindAsync(MailStoreContext context, CancellationToken cancellationToken) =>
        await database.Queries.Mailboxes.ById(context, handle.UserId, handle.MailboxId, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(handle.Name);

    async Task<(MailboxEntity Mailbox, MailboxChanges Changes)> ReadAsync(MailStoreContext context, ModSeq since, CancellationToken cancellationToken)
    {
        var mailbox = await FindAsync(context, cancellationToken);
        // What came later than was told has a higher UID, also where the caller has come further by changes of its own.
        var knownNext = handle.Told is { } told && told.ModSeq <= since ? told.UidNext.Value : 1L;
        var (changed, expunged) = since.Value < mailbox.PrunedModSeq
            ? (UidSet.All.Ranges, await VanishedMessages.MissingAsync(database, context, mailbox, UidSet.All, cancellationToken))
            : await ReadLogAsync(context, since, knownNext, cancellationToken);
        var rows = new List<FlagsRow>();
        foreach (var range in UidSet.FromRanges(changed).Resolve(uint.MaxValue))
            await foreach (var row in database.Queries.Messages.ChangedFlags(context, handle.UserId, handle.MailboxId, range.First, range.Last, since.Value).WithCancellation(cancellationToken))
                rows.Add(row);
        // Keywords that this session made itself are not known here yet: what writes keeps them apart until they are committed.
        await keywords.ReloadAsync(context, cancellationToken);
        var flags = new MessageFlagReader(database, keywords, handle, mailbox);
        return (mailbox, new MailboxChanges
        {
            HighestModSeq = new ModSeq(mailbox.HighestModSeq),
            UidNext = new Uid((uint)Math.Min(mailbox.UidNext, uint.MaxValue)),
            Changed = await flags.ReadAsync(context, rows, cancellationToken),
            Expunged = expunged,
            Recent = UidSet.Empty,
            Flags = keywords.Flags,
        });
    }

    async Task<(ImmutableArray<NumberRange> Changed, UidSet Expunged)> ReadLogAsync(MailStoreContext context, ModSeq since, long knownNext, CancellationToken cancellationToken)
    {
        var changed = new List<NumberRange> { new((uint)Math.Min(knownNext, uint.MaxValue), uint.MaxValue) };
        var expunged = new List<NumberRange>();
        await foreach (var change in database.Queries.Mailboxes.ChangesSince(context, handle.UserId, handle.MailboxId, since.Value).WithCancellation(cancellationToken))
            (change.Kind == MailboxChangeKind.Expunged ? expunged : changed).AddRange(UidSet.Parse(change.Uids).Ranges);
        var ranges = UidSet.FromRanges(changed).Resolve(0);
        if (ranges.Length > MaxQueries)
            ranges = [new NumberRange(ranges[0].First, ranges[^1].Last)];
        return (ranges, UidSet.FromRanges(UidSet.FromRanges(expunged).Resolve(0)));
    }
}
