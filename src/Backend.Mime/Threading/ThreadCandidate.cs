namespace Backend.Mime.Threading;

/// <summary>A message to be threaded.</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="SentDate">Its sent date as seconds since 1970. RFC 5256 §2.2.</param>
/// <param name="BaseSubject">As <see cref="Sorting.SortValues.BaseSubject"/>.</param>
/// <param name="IsReply">As <see cref="Sorting.SortValues.IsReply"/>.</param>
/// <param name="MessageId">As <see cref="Sorting.SortValues.MessageId"/>.</param>
/// <param name="References">As <see cref="Sorting.SortValues.References"/>.</param>
public readonly record struct ThreadCandidate(Uid Uid, long SentDate, string BaseSubject, bool IsReply, long? MessageId, ImmutableArray<long> References)
{
    /// <summary>A message whose header is at hand.</summary>
    public static ThreadCandidate Of(Sorting.SortableMessage message) => new(
        message.Uid,
        message.SentDate,
        message.Values.BaseSubject,
        message.Values.IsReply,
        message.Values.MessageId,
        message.Values.References);
}
