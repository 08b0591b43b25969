using Backend.EfCore.Entities;
using Backend.Mime;

namespace Backend.EfCore.Messages;

/// <summary>STATUS from the counters of the mailbox's row, in constant time. RFC 9051 §6.3.11.</summary>
static class MailboxStatuses
{
    public static async Task<MailboxStatus> ExecuteAsync(MailStoreDatabase database, MailStoreContext context, MailboxHandle handle, KeywordDictionary keywords, MailboxEntity mailbox, StatusItems items, CancellationToken cancellationToken)
    {
        long? recent = null;
        if (items.HasFlag(StatusItems.Recent))
            recent = await RecentAsync(database, context, handle, mailbox, cancellationToken);
        var status = Describe(mailbox, keywords.Flags, handle.IsReadOnly, items) with { Recent = recent };
        if (items.HasFlag(StatusItems.DeletedStorage))
            status = status with { DeletedStorage = await DeletedAsync(context, mailbox, cancellationToken) };
        return handle.Guest is null ? status : status with
        {
            Name = handle.Shown(status.Name),
            PermanentFlags = FlagRights.Allowed(status.PermanentFlags, handle.Rights),
        };
    }

    /// <summary>The update that tells others of a mailbox's new state.</summary>
    public static MailboxUpdate Update(string username, MailboxEntity mailbox) => new()
    {
        Username = username,
        Mailbox = MailboxName.Parse(mailbox.Name),
        Status = Describe(mailbox, FlagSet.Of(Flag.Settable), readOnly: false, StatusItems.Messages | StatusItems.UidNext | StatusItems.UidValidity | StatusItems.Unseen | StatusItems.HighestModSeq),
    };

    /// <summary>The flags that a client can change for good: all of them, and new ones. None in a mailbox opened by EXAMINE. RFC 9051 §6.3.3, §7.1.</summary>
    public static FlagSet PermanentFlags(FlagSet flags, bool readOnly) => readOnly ? FlagSet.Empty : FlagSet.Of(flags.Append(Flag.Wildcard));

    /// <summary>The id of a mailbox: neither of the numbers is ever used again. RFC 8474 §4.</summary>
    public static MailboxId IdOf(int userId, int mailboxId) => new(string.Create(CultureInfo.InvariantCulture, $"M{userId}-{mailboxId}"));

    /// <summary>What the row says; RECENT is not in it.</summary>
    public static MailboxStatus Describe(MailboxEntity mailbox, FlagSet flags, bool readOnly, StatusItems items) => new()
    {
        Name = MailboxName.Parse(mailbox.Name),
        Flags = flags,
        PermanentFlags = PermanentFlags(flags, readOnly),
        Messages = items.HasFlag(StatusItems.Messages) ? mailbox.Messages : null,
        UidNext = items.HasFlag(StatusItems.UidNext) ? new Uid((uint)Math.Min(mailbox.UidNext, uint.MaxValue)) : null,
        UidValidity = items.HasFlag(StatusItems.UidValidity) ? new UidValidity((uint)mailbox.UidValidity) : null,
        Unseen = items.HasFlag(StatusItems.Unseen) ? mailbox.Unseen : null,
        Deleted = items.HasFlag(StatusItems.Deleted) ? mailbox.Deleted : null,
        Size = items.HasFlag(StatusItems.Size) ? mailbox.Bytes : null,
        HighestModSeq = items.HasFlag(StatusItems.HighestModSeq) ? new ModSeq(mailbox.HighestModSeq) : null,
        MailboxId = items.HasFlag(StatusItems.MailboxId) ? IdOf(mailbox.UserId, mailbox.MailboxId) : null,
    };

    /// <summary>A search for what is marked, where something is.</summary>
    static async Task<long> DeletedAsync(MailStoreContext context, MailboxEntity mailbox, CancellationToken cancellationToken) =>
        mailbox.Deleted == 0 ? 0 : await UidSelection.Between(context, mailbox, 0, long.MaxValue).Where(static message => (message.Flags & FlagBits.Deleted) != 0).SumAsync(static message => message.Size, cancellationToken);

    static async Task<long> RecentAsync(MailStoreDatabase database, MailStoreContext context, MailboxHandle handle, MailboxEntity mailbox, CancellationToken cancellationToken)
    {
        var count = mailbox.RecentUid >= mailbox.UidNext - 1
            ? 0
            : await database.Queries.Messages.CountAbove(context, mailbox.UserId, mailbox.MailboxId, mailbox.RecentUid, cancellationToken);
        foreach (var range in handle.Recent)
        {
            var last = Math.Min(range.Last, mailbox.RecentUid);
            count += await UidSelection.Between(context, mailbox, range.First, last).LongCountAsync(cancellationToken);
        }

        return count;
    }
}
