using Backend.EfCore.Entities;

namespace Backend.EfCore.Queries;

/// <summary>The first messages between two UIDs, ascending, that changed after a modification sequence, with what a FETCH asks for: one query a page, whatever that is.</summary>
sealed class FetchQueries
{
    /// <summary>Nothing but what the narrow row says.</summary>
    public Func<MailStoreContext, int, int, long, long, long, int, IAsyncEnumerable<PageRow>> Rows { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, int mailboxId, long first, long last, long since, int count) =>
            context.Messages
                .Where(message => message.UserId == userId && message.MailboxId == mailboxId && message.Uid >= first && message.Uid <= last && message.ModSeq > since)
                .OrderBy(message => message.Uid)
                .Take(count)
                .Select(message => new PageRow(
                    new MessageRow(message.Uid, message.ContentId, message.Flags, message.ModSeq, message.InternalDate, message.InternalOffset, message.SaveDate, message.Size),
                    null,
                    null))
                .AsQueryable());

    /// <summary>Of that the flags only: what every client asks of a whole mailbox takes less than half the time without the rest.</summary>
    public Func<MailStoreContext, int, int, long, long, long, int, IAsyncEnumerable<PageRow>> FlagsOnly { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, int mailboxId, long first, long last, long since, int count) =>
            context.Messages
                .Where(message => message.UserId == userId && message.MailboxId == mailboxId && message.Uid >= first && message.Uid <= last && message.ModSeq > since)
                .OrderBy(message => message.Uid)
                .Take(count)
                .Select(message => new PageRow(new MessageRow(message.Uid, 0, message.Flags, message.ModSeq, 0, 0, 0, 0), null, null))
                .AsQueryable());

    /// <summary>With what is kept ready of their contents.</summary>
    public Func<MailStoreContext, int, int, long, long, long, int, bool, bool, bool, bool, IAsyncEnumerable<PageRow>> WithContents { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, int mailboxId, long first, long last, long since, int count, bool envelope, bool structure, bool fields, bool preview) =>
            context.Messages
                .Where(message => message.UserId == userId && message.MailboxId == mailboxId && message.Uid >= first && message.Uid <= last && message.ModSeq > since)
                .Join(
                    context.Contents,
                    message => new { message.UserId, message.ContentId },
                    content => new { content.UserId, content.ContentId },
                    (message, content) => new { message, content })
                .OrderBy(each => each.message.Uid)
                .Take(count)
                .Select(each => new PageRow(
                    new MessageRow(each.message.Uid, each.message.ContentId, each.message.Flags, each.message.ModSeq, each.message.InternalDate, each.message.InternalOffset, each.message.SaveDate, each.message.Size),
                    new ContentRow(
                        envelope ? each.content.Envelope : null,
                        structure ? each.content.BodyStructure : null,
                        null,
                        fields ? each.content.HeaderFields : null,
                        preview ? each.content.Preview : null),
                    null))
                .AsQueryable());

    /// <summary>With the octets of those that are one chunk.</summary>
    public Func<MailStoreContext, int, int, long, long, long, int, IAsyncEnumerable<PageRow>> WithBodies { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, int mailboxId, long first, long last, long since, int count) =>
            context.Messages
                .Where(message => message.UserId == userId && message.MailboxId == mailboxId && message.Uid >= first && message.Uid <= last && message.ModSeq > since)
                .LeftJoin(
                    context.ContentChunks.Where(chunk => chunk.Chunk == 0),
                    message => new { message.UserId, message.ContentId },
                    chunk => new { chunk.UserId, chunk.ContentId },
                    (message, chunk) => new { message, chunk })
                .OrderBy(each => each.message.Uid)
                .Take(count)
                .Select(each => new PageRow(
                    new MessageRow(each.message.Uid, each.message.ContentId, each.message.Flags, each.message.ModSeq, each.message.InternalDate, each.message.InternalOffset, each.message.SaveDate, each.message.Size),
                    null,
                    each.message.Size <= ContentChunkEntity.Size ? each.chunk!.Octets : null))
                .AsQueryable());

    /// <summary>With both, and where their parts stand.</summary>
    public Func<MailStoreContext, int, int, long, long, long, int, bool, bool, bool, bool, IAsyncEnumerable<PageRow>> WithContentsAndBodies { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, int mailboxId, long first, long last, long since, int count, bool envelope, bool structure, bool layout, bool preview) =>
            context.Messages
                .Where(message => message.UserId == userId && message.MailboxId == mailboxId && message.Uid >= first && message.Uid <= last && message.ModSeq > since)
                .Join(
                    context.Contents,
                    message => new { message.UserId, message.ContentId },
                    content => new { content.UserId, content.ContentId },
                    (message, content) => new { message, content })
                .LeftJoin(
                    context.ContentChunks.Where(chunk => chunk.Chunk == 0),
                    each => new { each.message.UserId, each.message.ContentId },
                    chunk => new { chunk.UserId, chunk.ContentId },
                    (each, chunk) => new { each.message, each.content, chunk })
                .OrderBy(each => each.message.Uid)
                .Take(count)
                .Select(each => new PageRow(
                    new MessageRow(each.message.Uid, each.message.ContentId, each.message.Flags, each.message.ModSeq, each.message.InternalDate, each.message.InternalOffset, each.message.SaveDate, each.message.Size),
                    new ContentRow(
                        envelope ? each.content.Envelope : null,
                        structure ? each.content.BodyStructure : null,
                        layout ? each.content.Layout : null,
                        null,
                        preview ? each.content.Preview : null),
                    each.message.Size <= ContentChunkEntity.Size ? each.chunk!.Octets : null))
                .AsQueryable());
}
