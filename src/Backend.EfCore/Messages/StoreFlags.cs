using Backend.EfCore.Entities;
using Backend.EfCore.Mailboxes;
using Backend.EfCore.Queries;
using Backend.EfCore.Writing;
using Backend.Mime;

namespace Backend.EfCore.Messages;

/// <summary>STORE: only the rows that are not right already are touched, by one UPDATE for each stretch of UIDs. RFC 9051 §6.4.6; RFC 7162 §3.1.11.</summary>
sealed class StoreFlags(MailStoreDatabase database, MailboxHandle handle, KeywordDictionary shared)
{
    readonly KeywordDictionary keywords = shared.Apart();

    /// <summary>Only messages whose last change is not after this are changed. RFC 7162 §3.1.3.</summary>
    public ModSeq UnchangedSince { get; init; } = new(long.MaxValue);

    public async Task<ConditionalStoreData> ExecuteAsync(WriteScope scope, NumberSet messages, FlagsOperation operation, FlagSet flags, CancellationToken cancellationToken)
    {
        var context = scope.Context;
        if (handle.Guest is not null)
            flags = FlagRights.ForStore(flags, operation, handle.Rights);
        // Keywords that have to be made come first: theirs is the user's lock, which comes before those of mailboxes.
        var mask = operation == FlagsOperation.Remove ? default : await keywords.ToMaskAsync(scope, flags, cancellationToken);
        var mailbox = await database.Dialect.LockMailboxAsync(context, handle.UserId, handle.MailboxId, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(handle.Name);
        // To take one away must not make one. Only now no message can get one that is not known yet.
        if (operation == FlagsOperation.Remove)
            mask = await keywords.ToMaskAsync(scope, await keywords.ExistingAsync(context, flags, cancellationToken), cancellationToken);
        var selection = await UidSelection.ResolveAsync(database, context, mailbox, messages, cancellationToken);
        if (selection.IsEmpty)
            return new ConditionalStoreData(StoreData.Nothing, UidSet.Empty);

        var modSeq = mailbox.HighestModSeq + 1;
        var (changed, modified) = (new List<FlagsRow>(), new List<Uid>());
        foreach (var query in await selection.QueriesAsync(database, context, mailbox, cancellationToken))
            changed.AddRange(await ChangeAsync(context, mailbox, await UnchangedAsync(query, mailbox, modified, cancellationToken), operation, mask, modSeq, cancellationToken));
        if (changed.Count == 0)
            return new ConditionalStoreData(StoreData.Nothing, UidSet.From(modified));
        mailbox.HighestModSeq = modSeq;
        MailboxChangeLog.FlagsChanged(scope, handle, mailbox, UidSet.From(changed.Select(static row => new Uid((uint)row.Uid))));
        await context.SaveChangesAsync(cancellationToken);
        var reader = new MessageFlagReader(database, keywords, handle, mailbox);
        return new ConditionalStoreData(new StoreData(new ModSeq(modSeq), await reader.ReadAsync(context, changed, cancellationToken)), UidSet.From(modified));
    }

    /// <summary>Leaves out the messages that have changed meanwhile. The mailbox is locked: none changes until the commit.</summary>
    async Task<IQueryable<MessageEntity>> UnchangedAsync(IQueryable<MessageEntity> query, MailboxEntity mailbox, List<Uid> modified, CancellationToken cancellationToken)
    {
        var limit = UnchangedSince.Value;
        if (limit >= mailbox.HighestModSeq)
            return query;
        var uids = await query.Where(message => message.ModSeq > limit).OrderBy(static message => message.Uid).Select(static message => message.Uid).ToListAsync(cancellationToken);
        modified.AddRange(uids.Select(static uid => new Uid((uint)uid)));
        return uids.Count == 0 ? query : query.Where(message => message.ModSeq <= limit);
    }

    /// <summary>Changes the messages of one query and gives what they have now.</summary>
    async Task<List<FlagsRow>> ChangeAsync(MailStoreContext context, MailboxEntity mailbox, IQueryable<MessageEntity> query, FlagsOperation operation, FlagMask mask, long modSeq, CancellationToken cancellationToken)
    {
        if (!mask.More.IsEmpty || (handle.Rights != MailboxRights.All && operation == FlagsOperation.Replace) || (operation == FlagsOperation.Replace && await query.AnyAsync(static message => (message.Flags & FlagBits.MoreKeywords) != 0, cancellationToken)))
            return await ChangeOneByOneAsync(context, mailbox, query, operation, mask, modSeq, cancellationToken);
        var bits = mask.Bits;
        var wrong = operation switch
        {
            FlagsOperation.Add => query.Where(message => (message.Flags & bits) != bits),
            FlagsOperation.Remove => query.Where(message => (message.Flags & bits) != 0),
            _ => query.Where(message => message.Flags != bits),
        };
        var rows = await wrong.OrderBy(static message => message.Uid).Select(static message => new FlagsRow(message.Uid, message.Flags, message.ModSeq)).ToListAsync(cancellationToken);
        if (rows.Count == 0)
            return rows;
        await (operation switch
        {
            FlagsOperation.Add => wrong.ExecuteUpdateAsync(set => set.SetProperty(message => message.Flags, message => message.Flags | bits).SetProperty(static message => message.ModSeq, modSeq), cancellationToken),
            FlagsOperation.Remove => wrong.ExecuteUpdateAsync(set => set.SetProperty(message => message.Flags, message => message.Flags & ~bits).SetProperty(static message => message.ModSeq, modSeq), cancellationToken),
            _ => wrong.ExecuteUpdateAsync(set => set.SetProperty(static message => message.Flags, bits).SetProperty(static message => message.ModSeq, modSeq), cancellationToken),
        });
        return rows.ConvertAll(row =>
        {
            var after = Apply(operation, row.Flags, bits);
            Count(mailbox, row.Flags, after);
            return new FlagsRow(row.Uid, after, modSeq);
        });
    }

    /// <summary>The same where keywords have rows of their own.</summary>
    async Task<List<FlagsRow>> ChangeOneByOneAsync(MailStoreContext context, MailboxEntity mailbox, IQueryable<MessageEntity> query, FlagsOperation operation, FlagMask mask, long modSeq, CancellationToken cancellationToken)
    {
        var entities = await query.AsTracking().OrderBy(static message => message.Uid).ToListAsync(cancellationToken);
        var changed = new List<FlagsRow>();
        if (entities.Count == 0)
            return changed;
        var reader = new MessageFlagReader(database, keywords, handle, mailbox);
        await reader.PrepareAsync(context, entities[0].Uid, entities[^1].Uid, FlagBits.MoreKeywords, cancellationToken);
        foreach (var entity in entities)
        {
            var before = reader.MoreOf(entity.Uid);
            IReadOnlyList<int> after = [.. operation switch
            {
                FlagsOperation.Add => before.Union(mask.More),
                FlagsOperation.Remove => before.Except(mask.More),
                _ => handle.Rights.HasFlag(MailboxRights.Write) ? mask.More : before,
            }];
            var bits = Apply(operation, entity.Flags & ~FlagBits.MoreKeywords, mask.Bits, FlagBits.Allowed(handle.Rights)) | (after.Count > 0 ? FlagBits.MoreKeywords : 0);
            if (bits == entity.Flags && after.ToHashSet().SetEquals(before))
                continue;
            Count(mailbox, entity.Flags, bits);
            (entity.Flags, entity.ModSeq) = (bits, modSeq);
            context.RemoveRange(before.Except(after).Select(id => Keyword(entity, id)));
            context.AddRange(after.Except(before).Select(id => Keyword(entity, id)));
            changed.Add(new FlagsRow(entity.Uid, bits, modSeq));
        }

        return changed;
    }

    static MessageKeywordEntity Keyword(MessageEntity message, int id) => new() { UserId = message.UserId, MailboxId = message.MailboxId, Uid = message.Uid, KeywordId = id };

    /// <summary>What the operation makes of flags; those that may not be changed are in no operand, and stay when the others are replaced.</summary>
    static long Apply(FlagsOperation operation, long flags, long bits, long allowed = ~FlagBits.MoreKeywords) => operation switch
    {
        FlagsOperation.Add => flags | bits,
        FlagsOperation.Remove => flags & ~bits,
        _ => (flags & ~allowed & ~FlagBits.MoreKeywords) | bits,
    };

    static void Count(MailboxEntity mailbox, long before, long after)
    {
        var appeared = after & ~before;
        var vanished = before & ~after;
        mailbox.Unseen += Has(vanished, FlagBits.Seen) - Has(appeared, FlagBits.Seen);
        mailbox.Deleted += Has(appeared, FlagBits.Deleted) - Has(vanished, FlagBits.Deleted);

        static int Has(long flags, long bit) => (flags & bit) != 0 ? 1 : 0;
    }
}
