namespace Backend.EfCore.Queries;

sealed class MessageQueries
{
    /// <summary>The UIDs between two, ascending.</summary>
    public Func<MailStoreContext, int, int, long, long, IAsyncEnumerable<long>> Uids { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, int mailboxId, long first, long last) =>
            context.Messages
                .Where(message => message.UserId == userId && message.MailboxId == mailboxId && message.Uid >= first && message.Uid <= last)
                .OrderBy(message => message.Uid)
                .Select(message => message.Uid)
                .AsQueryable());

    /// <summary>The messages between two UIDs that changed after a modification sequence, ascending.</summary>
    public Func<MailStoreContext, int, int, long, long, long, IAsyncEnumerable<FlagsRow>> ChangedFlags { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, int mailboxId, long first, long last, long modSeq) =>
            context.Messages
                .Where(message => message.UserId == userId && message.MailboxId == mailboxId && message.Uid >= first && message.Uid <= last && message.ModSeq > modSeq)
                .OrderBy(message => message.Uid)
                .Select(message => new FlagsRow(message.Uid, message.Flags, message.ModSeq))
                .AsQueryable());

    /// <summary>
    /// The highest UID whose message has not changed after a modification sequence, or null: above it are those that came after it, and
    /// few others. It is read from the end, so it costs as much as there is new.
    /// </summary>
    public Func<MailStoreContext, int, int, long, CancellationToken, Task<long?>> LastUnchanged { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, int mailboxId, long modSeq, CancellationToken token) =>
            context.Messages
                .Where(message => message.UserId == userId && message.MailboxId == mailboxId && message.ModSeq <= modSeq)
                .OrderByDescending(message => message.Uid)
                .Select(message => (long?)message.Uid)
                .FirstOrDefault());

    /// <summary>The first UID whose message lacks a flag, or null.</summary>
    public Func<MailStoreContext, int, int, long, CancellationToken, Task<long?>> FirstWithout { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, int mailboxId, long flag, CancellationToken token) =>
            context.Messages
                .Where(message => message.UserId == userId && message.MailboxId == mailboxId && (message.Flags & flag) == 0)
                .OrderBy(message => message.Uid)
                .Select(message => (long?)message.Uid)
                .FirstOrDefault());

    /// <summary>How many messages have a UID above this one.</summary>
    public Func<MailStoreContext, int, int, long, CancellationToken, Task<long>> CountAbove { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, int mailboxId, long uid, CancellationToken token) =>
            context.Messages.LongCount(message => message.UserId == userId && message.MailboxId == mailboxId && message.Uid > uid));

    /// <summary>The keywords without a bit of the messages between two UIDs.</summary>
    public Func<MailStoreContext, int, int, long, long, IAsyncEnumerable<KeywordRow>> Keywords { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, int mailboxId, long first, long last) =>
            context.MessageKeywords
                .Where(keyword => keyword.UserId == userId && keyword.MailboxId == mailboxId && keyword.Uid >= first && keyword.Uid <= last)
                .OrderBy(keyword => keyword.Uid)
                .Select(keyword => new KeywordRow(keyword.Uid, keyword.KeywordId))
                .AsQueryable());
}
