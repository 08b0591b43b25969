using Backend.EfCore.Entities;
using Backend.EfCore.Messages;
using Backend.EfCore.Sorting;
using Backend.EfCore.Tenancy;
using Backend.Mime.Sorting;

namespace Backend.EfCore.Consistency;

/// <summary>
/// What is always true of a store, looked up by brute force: for tests, and for an operator who wants to know. It reads everything, so it
/// takes a while on a large store.
/// </summary>
sealed class Invariants(MailStoreDatabase database)
{
    readonly List<string> faults = [];

    /// <summary>Every fault found, one sentence each.</summary>
    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) =>
        database.ReadConsistentlyAsync<IReadOnlyList<string>>(
            Lease.ForStore,
            async (context, token) =>
            {
                foreach (var userId in await context.Users.Select(static user => user.Id).ToListAsync(token))
                {
                    context.Lease = Lease.ForUser(userId);
                    await CheckUserAsync(context, token);
                }

                faults.AddRange(await database.Dialect.TextIndex.FindFaultsAsync(context, token));
                return faults;
            },
            cancellationToken);

    async Task CheckUserAsync(MailStoreContext context, CancellationToken cancellationToken)
    {
        foreach (var mailbox in await context.Mailboxes.ToListAsync(cancellationToken))
            await CheckMailboxAsync(context, mailbox, cancellationToken);
        await CheckRightsAsync(context, cancellationToken);
        await CheckMetadataAsync(context, cancellationToken);
        await CheckHistoryAsync(context, cancellationToken);
        await CheckContentsAsync(context, cancellationToken);
        await CheckSortsAsync(context, cancellationToken);
    }

    async Task CheckMailboxAsync(MailStoreContext context, MailboxEntity mailbox, CancellationToken cancellationToken)
    {
        var name = $"Mailbox {mailbox.UserId}/{mailbox.MailboxId} \"{mailbox.Name}\"";
        var messages = await UidSelection.Between(context, mailbox, 0, long.MaxValue).ToListAsync(cancellationToken);
        Expect(mailbox.Selectable || messages.Count == 0, $"{name} is \\Noselect and has messages.");
        Expect(mailbox.Messages == messages.Count, $"{name} counts {mailbox.Messages} messages and has {messages.Count}.");
        Expect(mailbox.Unseen == messages.Count(static message => (message.Flags & FlagBits.Seen) == 0), $"{name} counts {mailbox.Unseen} unseen messages, wrongly.");
        Expect(mailbox.Deleted == messages.Count(static message => (message.Flags & FlagBits.Deleted) != 0), $"{name} counts {mailbox.Deleted} deleted messages, wrongly.");
        Expect(mailbox.Bytes == messages.Sum(static message => message.Size), $"{name} counts {mailbox.Bytes} octets, wrongly.");
        Expect(mailbox.UidValidity is > 0 and <= uint.MaxValue, $"{name} has the UIDVALIDITY {mailbox.UidValidity}.");
        Expect(messages.All(message => message.Uid > 0 && message.Uid < mailbox.UidNext), $"{name} has UIDNEXT {mailbox.UidNext} and a message at or above it.");
        Expect(mailbox.RecentUid < mailbox.UidNext, $"{name} has given \\Recent beyond its messages.");
        Expect(messages.All(message => message.ModSeq > 0 && message.ModSeq <= mailbox.HighestModSeq), $"{name} has a message above HIGHESTMODSEQ {mailbox.HighestModSeq}.");
        await CheckKeywordsAsync(context, mailbox, name, messages, cancellationToken);
        await CheckChangesAsync(context, mailbox, name, messages, cancellationToken);
    }

    async Task CheckRightsAsync(MailStoreContext context, CancellationToken cancellationToken)
    {
        var userId = context.CurrentUser;
        var owner = await context.Users.SingleAsync(user => user.Id == userId, cancellationToken);
        var names = await context.Mailboxes.Where(static mailbox => mailbox.Selectable).ToDictionaryAsync(static mailbox => mailbox.MailboxId, static mailbox => MailboxName.Parse(mailbox.Name), cancellationToken);
        foreach (var rights in await context.MailboxRights.Where(rights => rights.UserId == userId).ToListAsync(cancellationToken))
            Expect(
                rights.TenantId == owner.TenantId && rights.GranteeId != userId && rights.Rights != MailboxRights.None
                    && names.TryGetValue(rights.MailboxId, out var name) && rights.Name == OtherUsers.NameOf(owner.Name, name).Value,
                $"What {rights.Identifier} may do with mailbox {userId}/{rights.MailboxId} \"{rights.Name}\" is not as the mailbox and its owner are.");
    }

    async Task CheckMetadataAsync(MailStoreContext context, CancellationToken cancellationToken)
    {
        var left = await context.MailboxMetadata
            .Where(metadata => metadata.MailboxId != MailboxMetadataEntity.Server && !context.Mailboxes.Any(mailbox => mailbox.UserId == metadata.UserId && mailbox.MailboxId == metadata.MailboxId))
            .CountAsync(cancellationToken);
        Expect(left == 0, $"User {context.CurrentUser} has {left} annotations of mailboxes that are not there.");
    }

    async Task CheckKeywordsAsync(MailStoreContext context, MailboxEntity mailbox, string name, List<MessageEntity> messages, CancellationToken cancellationToken)
    {
        var marked = messages.Where(static message => (message.Flags & FlagBits.MoreKeywords) != 0).Select(static message => message.Uid).ToHashSet();
        var stored = await context.MessageKeywords
            .Where(keyword => keyword.UserId == mailbox.UserId && keyword.MailboxId == mailbox.MailboxId)
            .Select(static keyword => keyword.Uid)
            .Distinct()
            .ToListAsync(cancellationToken);
        Expect(marked.SetEquals(stored), $"{name} has keywords without a message, or messages without their keywords.");
    }

    async Task CheckChangesAsync(MailStoreContext context, MailboxEntity mailbox, string name, List<MessageEntity> messages, CancellationToken cancellationToken)
    {
        var changes = await context.MailboxChanges.Where(change => change.UserId == mailbox.UserId && change.MailboxId == mailbox.MailboxId).ToListAsync(cancellationToken);
        Expect(changes.All(change => change.ModSeq <= mailbox.HighestModSeq), $"{name} has a change above HIGHESTMODSEQ.");
        var gone = UidSet.FromRanges(changes.Where(static change => change.Kind == MailboxChangeKind.Expunged).SelectMany(static change => UidSet.Parse(change.Uids).Ranges)).Resolve(0);
        Expect(!messages.Exists(message => gone.Any(range => message.Uid >= range.First && message.Uid <= range.Last)), $"{name} has a message that was expunged.");
    }

    async Task CheckHistoryAsync(MailStoreContext context, CancellationToken cancellationToken)
    {
        var reused = await context.MailboxHistory
            .Join(context.Mailboxes, static history => new { history.UserId, history.Name }, static mailbox => new { mailbox.UserId, mailbox.Name }, static (history, mailbox) => new { history, mailbox })
            .Where(static each => each.mailbox.UidValidity < each.history.UidValidity || (each.mailbox.UidValidity == each.history.UidValidity && each.mailbox.UidNext <= each.history.Uid))
            .Select(static each => each.mailbox.Name)
            .ToListAsync(cancellationToken);
        foreach (var name in reused)
            faults.Add($"Mailbox \"{name}\" may give out UIDs that its name had before.");
    }

    async Task CheckContentsAsync(MailStoreContext context, CancellationToken cancellationToken)
    {
        var lost = await context.Messages.CountAsync(message => !context.Contents.Any(content => content.UserId == message.UserId && content.ContentId == message.ContentId && content.Size == message.Size), cancellationToken);
        Expect(lost == 0, $"{lost} messages have no content of their size.");
        var sizes = await context.Contents
            .Select(content => new
            {
                content.UserId,
                content.ContentId,
                content.Size,
                Stored = context.ContentChunks.Where(chunk => chunk.UserId == content.UserId && chunk.ContentId == content.ContentId).Sum(static chunk => (long)chunk.Octets.Length),
                HasText = context.ContentTexts.Any(text => text.UserId == content.UserId && text.ContentId == content.ContentId),
            })
            .Where(static content => content.Size != content.Stored || !content.HasText)
            .ToListAsync(cancellationToken);
        foreach (var content in sizes)
            faults.Add($"Content {content.UserId}/{content.ContentId} has {content.Stored} of {content.Size} octets{(content.HasText ? "" : " and no text")}.");
    }

    /// <summary>What messages are sorted by is what their headers say.</summary>
    async Task CheckSortsAsync(MailStoreContext context, CancellationToken cancellationToken)
    {
        var sorts = await context.ContentSorts
            .Join(context.Contents, static sort => new { sort.UserId, sort.ContentId }, static content => new { content.UserId, content.ContentId }, static (sort, content) => new { sort, content.Origin, content.Envelope, content.HeaderFields })
            .ToListAsync(cancellationToken);
        foreach (var each in sorts)
            Expect(SortRows.AreEqual(each.sort, SortRows.Make(each.sort.UserId, each.sort.ContentId, each.Origin, SortValues.Of(new Envelope(each.Envelope), each.HeaderFields))), $"Content {each.sort.UserId}/{each.sort.ContentId} is sorted by what its header does not say.");
    }

    void Expect(bool holds, string fault)
    {
        if (!holds)
            faults.Add(fault);
    }
}
