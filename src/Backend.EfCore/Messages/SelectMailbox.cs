using Backend.EfCore.Entities;
using Backend.EfCore.Mailboxes;
using Backend.Mime;

namespace Backend.EfCore.Messages;

/// <summary>SELECT and EXAMINE. RFC 9051 §6.3.2-6.3.3; RFC 3501 §6.3.1-6.3.2.</summary>
sealed class SelectMailbox(MailStoreDatabase database, MailboxHandle handle, KeywordDictionary keywords)
{
    public async Task<SelectData> ExecuteAsync(SelectOptions options, CancellationToken cancellationToken)
    {
        var (mailbox, uids, firstUnseen) = await database.ReadConsistentlyAsync(handle.Lease, ReadAsync, cancellationToken);
        var isReadOnly = options.Examine || !FlagRights.CanChange(handle.Rights);
        (handle.IsReadOnly, handle.TakesRecent) = (isReadOnly, !isReadOnly);
        if (handle.Guest is { } guest)
            guest.ToldRights = guest.Rights;
        await TakeRecentAsync(mailbox, cancellationToken);
        var next = new Uid((uint)Math.Min(mailbox.UidNext, uint.MaxValue));
        handle.Told = (new ModSeq(mailbox.HighestModSeq), next);
        return new SelectData
        {
            Uids = uids,
            Recent = UidSet.From(uids.Where(uid => handle.IsMine(uid.Value))),
            FirstUnseen = firstUnseen is { } uid ? new Uid((uint)uid) : null,
            Flags = keywords.Flags,
            PermanentFlags = FlagRights.Allowed(MailboxStatuses.PermanentFlags(keywords.Flags, isReadOnly), handle.Rights),
            UidValidity = new UidValidity((uint)mailbox.UidValidity),
            UidNext = next,
            HighestModSeq = new ModSeq(mailbox.HighestModSeq),
            IsReadOnly = isReadOnly,
            Shared = handle.Guest is null ? null : new SharedMailbox(handle.Username, MailboxName.Parse(mailbox.Name)),
        };
    }

    /// <summary>
    /// Makes everything below the mailbox's UIDNEXT that is \Recent to nobody yet \Recent to this session: one session gets each message. RFC 3501 §2.3.2.
    /// </summary>
    public async Task<UidSet> TakeRecentAsync(MailboxEntity mailbox, CancellationToken cancellationToken)
    {
        var last = mailbox.UidNext - 1;
        var before = mailbox.RecentUid;
        if (before >= last)
            return UidSet.Empty;
        if (handle.TakesRecent)
            before = await database.WriteAsync(
                handle.LeaseFor(MailboxRights.Read),
                async (scope, token) =>
                {
                    var locked = await database.Dialect.LockMailboxAsync(scope.Context, handle.UserId, handle.MailboxId, token) ?? throw MailboxTree.NoSuchMailbox(handle.Name);
                    var given = locked.RecentUid;
                    locked.RecentUid = Math.Max(given, last);
                    await scope.Context.SaveChangesAsync(token);
                    return given;
                },
                cancellationToken);
        // Under EXAMINE this session took what others may take too: it is not new to it a second time.
        var first = Math.Max(before, handle.LastRecent) + 1;
        if (first > last)
            return UidSet.Empty;
        handle.AddRecent(first, last);
        return UidSet.Between(new Uid((uint)first), new Uid((uint)last));
    }

    async Task<(MailboxEntity Mailbox, ImmutableArray<Uid> Uids, long? FirstUnseen)> ReadAsync(MailStoreContext context, CancellationToken cancellationToken)
    {
        var found = await database.Queries.Mailboxes.ByIdWithKeywords(context, handle.UserId, handle.MailboxId, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(handle.Name);
        var mailbox = found.Mailbox;
        await keywords.CatchUpAsync(context, found.Keywords, cancellationToken);
        var uids = ImmutableArray.CreateBuilder<Uid>((int)Math.Min(mailbox.Messages, int.MaxValue / 8));
        await foreach (var uid in database.Queries.Messages.Uids(context, handle.UserId, handle.MailboxId, 1, uint.MaxValue).WithCancellation(cancellationToken))
            uids.Add(new Uid((uint)uid));
        var firstUnseen = mailbox.Unseen == 0
            ? null
            : await database.Queries.Messages.FirstWithout(context, handle.UserId, handle.MailboxId, FlagBits.Seen, cancellationToken);
        return (mailbox, uids.DrainToImmutable(), firstUnseen);
    }
}
