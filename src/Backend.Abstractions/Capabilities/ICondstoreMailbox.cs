namespace Backend.Abstractions.Capabilities;

/// <summary>
/// A mailbox in which it can be asked what changed since a modification sequence, and changed only what did not change since one.
/// RFC 7162 §3.1.
/// </summary>
public interface ICondstoreMailbox : IMailbox
{
    /// <summary>
    /// Lists, as <see cref="IMailbox.ListMessagesAsync"/> does, those of the messages whose last change is after
    /// <paramref name="since"/>. A message that came is one that changed. RFC 7162 §3.1.4.1.
    /// </summary>
    IAsyncEnumerable<Message> ListChangedMessagesAsync(NumberSet messages, ModSeq since, FetchItems items, CancellationToken cancellationToken);

    /// <summary>
    /// Changes flags as <see cref="IMailbox.UpdateMessagesFlagsAsync"/> does, but only of those messages whose last change is at or
    /// before <paramref name="unchangedSince"/>: each is compared and changed with nobody in between. With zero none is changed.
    /// RFC 7162 §3.1.3.
    /// </summary>
    /// <exception cref="BackendException"><see cref="BackendError.Limit"/>: too many keywords.</exception>
    Task<ConditionalStoreData> UpdateUnchangedMessagesFlagsAsync(NumberSet messages, ModSeq unchangedSince, FlagsOperation operation, FlagSet flags, CancellationToken cancellationToken);
}
