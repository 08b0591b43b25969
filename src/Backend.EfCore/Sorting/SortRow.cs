using Backend.EfCore.Entities;

namespace Backend.EfCore.Sorting;

/// <summary>A message and what it is sorted by; that is null of old mail nobody has sorted yet.</summary>
sealed class SortRow
{
    public required MessageEntity Message { get; init; }

    public required ContentSortEntity? Sort { get; init; }

    /// <summary>Messages with their rows.</summary>
    public static IQueryable<SortRow> Of(MailStoreContext context, IQueryable<MessageEntity> messages) =>
        messages.LeftJoin(
            context.ContentSorts,
            static message => new { message.UserId, message.ContentId },
            static sort => new { sort.UserId, sort.ContentId },
            static (message, sort) => new SortRow { Message = message, Sort = sort });
}
