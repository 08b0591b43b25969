using Backend.EfCore.Entities;
using Backend.EfCore.Mailboxes;
using Backend.EfCore.Messages;
using Backend.EfCore.Tenancy;
using Backend.EfCore.Writing;
using Backend.Mime;

namespace Backend.EfCore.Sharing;

/// <summary>The mailbox of another user to which messages are copied, in the caller's transaction.</summary>
/// <param name="database">The store.</param>
/// <param name="scope">The transaction.</param>
/// <param name="ownerId">Whose mailbox it is.</param>
/// <param name="rights">Which rights to it the session has: flags that it may not set are not copied. RFC 4314 §4 (COPY).</param>
sealed class TransferTarget(MailStoreDatabase database, WriteScope scope, int ownerId, MailboxRights rights)
{
    readonly MailStoreContext context = scope.Context;
    readonly KeywordDictionary keywords = new(database, ownerId);
    readonly Dictionary<FlagSet, FlagMask> masks = [];
    MailboxEntity? mailbox;
    QuotaRoom? room;
    bool isMeasured;
    int mailboxId;
    MailboxName shown;

    MailboxEntity Mailbox => mailbox ?? throw new InvalidOperationException("The target is not locked yet.");

    /// <summary>Finds the mailbox.</summary>
    /// <param name="name">Its name to its owner.</param>
    /// <param name="id">Its number, where that is known.</param>
    /// <param name="shownAs">Its name to the session.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task FindAsync(MailboxName name, int? id, MailboxName shownAs, CancellationToken cancellationToken)
    {
        scope.Use(Lease.ForUser(ownerId));
        shown = shownAs;
        mailboxId = id ?? (await database.Queries.Mailboxes.ByName(context, ownerId, name.Value, cancellationToken))?.MailboxId ?? throw MailboxTree.NoSuchMailbox(shown);
        await keywords.ReloadAsync(context, cancellationToken);
    }

    /// <summary>Takes the mailbox's lock, after that of the keywords where some have to be made.</summary>
    public async Task LockAsync(IEnumerable<FlagSet> flags, CancellationToken cancellationToken)
    {
        scope.Use(Lease.ForUser(ownerId));
        if (!isMeasured)
            room = await QuotaRoom.OpenAsync(database, scope, Lease.ForUser(ownerId), cancellationToken);
        isMeasured = true;
        foreach (var each in flags.Distinct())
            if (!masks.ContainsKey(each))
                masks[each] = await keywords.ToMaskAsync(scope, FlagRights.Allowed(each, rights), cancellationToken);
        mailbox ??= await database.Dialect.LockMailboxAsync(context, ownerId, mailboxId, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(shown);
        if (!mailbox.Selectable)
            throw MailboxTree.NotSelectable(shown);
    }

    /// <summary>Copies messages of another user to the end.</summary>
    /// <param name="messages">The messages, ascending by UID.</param>
    /// <param name="flags">Their flags, by UID.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<CopyData> AddAsync(List<MessageEntity> messages, Dictionary<long, FlagSet> flags, CancellationToken cancellationToken)
    {
        var validity = new UidValidity((uint)Mailbox.UidValidity);
        if (messages.Count == 0)
            return new CopyData(validity, UidSet.Empty, UidSet.Empty);
        if (Mailbox.UidNext + messages.Count - 1 > uint.MaxValue)
            throw new BackendException(BackendError.Limit, $"The mailbox \"{shown}\" has too few UIDs left for {messages.Count} messages. Use a new one.");
        room?.Take(messages.Sum(static message => message.Size), messages.Count);
        var first = Mailbox.UidNext;
        Mailbox.HighestModSeq++;
        var rows = messages.ConvertAll(message => Make(message, masks[flags[message.Uid]]));
        // Contents before the messages that refer to them.
        await new ContentTransfer(scope).ExecuteAsync([.. messages.Zip(rows)], cancellationToken);
        scope.Use(Lease.ForUser(ownerId));
        foreach (var (message, row) in messages.Zip(rows))
            Add(row, masks[flags[message.Uid]]);
        await context.SaveChangesAsync(cancellationToken);
        var owner = await context.Users.Where(user => user.Id == ownerId).Select(static user => user.Name).SingleAsync(cancellationToken);
        scope.PublishAfterCommit(MailboxStatuses.Update(owner, Mailbox));
        return new CopyData(validity, UidSet.From(messages.Select(static message => new Uid((uint)message.Uid))), UidSet.Between(new Uid((uint)first), new Uid((uint)(Mailbox.UidNext - 1))));
    }

    /// <summary>The row of a copy, counted in.</summary>
    MessageEntity Make(MessageEntity message, FlagMask mask)
    {
        var uid = Mailbox.UidNext++;
        Mailbox.Messages++;
        Mailbox.Bytes += message.Size;
        Mailbox.Unseen += (mask.Bits & FlagBits.Seen) == 0 ? 1 : 0;
        Mailbox.Deleted += (mask.Bits & FlagBits.Deleted) != 0 ? 1 : 0;
        return new MessageEntity
        {
            UserId = ownerId,
            MailboxId = mailboxId,
            Uid = uid,
            ContentId = ((long)mailboxId << 32) | uid,
            Flags = mask.Column,
            ModSeq = Mailbox.HighestModSeq,
            InternalDate = message.InternalDate,
            InternalOffset = message.InternalOffset,
            SaveDate = scope.Now.ToUnixTimeSeconds(),
            Size = message.Size,
        };
    }

    void Add(MessageEntity row, FlagMask mask)
    {
        context.Add(row);
        foreach (var keyword in mask.More)
            context.Add(new MessageKeywordEntity { UserId = ownerId, MailboxId = mailboxId, Uid = row.Uid, KeywordId = keyword });
    }
}
