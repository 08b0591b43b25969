using Backend.EfCore.Entities;

namespace Backend.EfCore.Queries;

sealed class MailboxQueries
{
    public Func<MailStoreContext, int, int, CancellationToken, Task<MailboxEntity?>> ById { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, int mailboxId, CancellationToken token) =>
            context.Mailboxes.SingleOrDefault(mailbox => mailbox.UserId == userId && mailbox.MailboxId == mailboxId));

    /// <summary>The same, and how many keywords the user has: whoever knows as many knows them all.</summary>
    public Func<MailStoreContext, int, int, CancellationToken, Task<MailboxWithKeywords?>> ByIdWithKeywords { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, int mailboxId, CancellationToken token) =>
            context.Mailboxes
                .Where(mailbox => mailbox.UserId == userId && mailbox.MailboxId == mailboxId)
                .Select(mailbox => new MailboxWithKeywords(mailbox, context.Keywords.Count(keyword => keyword.UserId == userId)))
                .SingleOrDefault());

    public Func<MailStoreContext, int, string, CancellationToken, Task<MailboxEntity?>> ByName { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, string name, CancellationToken token) =>
            context.Mailboxes.SingleOrDefault(mailbox => mailbox.UserId == userId && mailbox.Name == name));

    /// <summary>What LIST tells of all mailboxes, in the order of their names' octets.</summary>
    public Func<MailStoreContext, int, IAsyncEnumerable<ListedMailbox>> OfUser { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId) =>
            context.Mailboxes
                .Where(mailbox => mailbox.UserId == userId)
                .OrderBy(mailbox => mailbox.Name)
                .Select(mailbox => new ListedMailbox(mailbox.Name, mailbox.Selectable, mailbox.SpecialUse, MailboxRights.All))
                .AsQueryable());

    /// <summary>What gives a guest rights to a mailbox, under the owner's lease.</summary>
    public Func<MailStoreContext, int, int, int, IAsyncEnumerable<MailboxRightsEntity>> Rights { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, int mailboxId, int guestId) =>
            context.MailboxRights
                .Where(rights => rights.UserId == userId && rights.MailboxId == mailboxId && (rights.GranteeId == guestId || rights.GranteeId == null))
                .AsQueryable());

    /// <summary>What gives a user rights to others' mailboxes, under the user's own lease.</summary>
    public Func<MailStoreContext, int, IAsyncEnumerable<MailboxRightsEntity>> SharedWith { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId) =>
            context.MailboxRights.Where(rights => rights.UserId != userId).OrderBy(rights => rights.Name).AsQueryable());

    public Func<MailStoreContext, int, IAsyncEnumerable<string>> Subscriptions { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId) =>
            context.Subscriptions.Where(subscription => subscription.UserId == userId).Select(subscription => subscription.Name).AsQueryable());

    /// <summary>What a user has together; null without any mailbox.</summary>
    public Func<MailStoreContext, int, CancellationToken, Task<UsageRow?>> Usage { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, CancellationToken token) =>
            context.Mailboxes
                .Where(mailbox => mailbox.UserId == userId)
                .GroupBy(mailbox => mailbox.UserId)
                .Select(mailboxes => new UsageRow(mailboxes.LongCount(mailbox => mailbox.Selectable), mailboxes.Sum(mailbox => mailbox.Messages), mailboxes.Sum(mailbox => mailbox.Bytes)))
                .SingleOrDefault());

    /// <summary>The changes after a modification sequence, oldest first.</summary>
    public Func<MailStoreContext, int, int, long, IAsyncEnumerable<MailboxChangeEntity>> ChangesSince { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, int mailboxId, long modSeq) =>
            context.MailboxChanges
                .Where(change => change.UserId == userId && change.MailboxId == mailboxId && change.ModSeq > modSeq)
                .OrderBy(change => change.ModSeq)
                .AsQueryable());

    /// <summary>The UIDs of the changes of one kind after a modification sequence, oldest first.</summary>
    public Func<MailStoreContext, int, int, long, MailboxChangeKind, IAsyncEnumerable<string>> UidsSince { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, int mailboxId, long modSeq, MailboxChangeKind kind) =>
            context.MailboxChanges
                .Where(change => change.UserId == userId && change.MailboxId == mailboxId && change.ModSeq > modSeq && change.Kind == kind)
                .OrderBy(change => change.ModSeq)
                .Select(change => change.Uids)
                .AsQueryable());
}
