namespace Backend.Abstractions.Capabilities;

/// <summary>A mailbox that can take several messages in one change. RFC 3502.</summary>
public interface IMultiAppendMailbox : IMailbox
{
    /// <summary>
    /// Appends messages as <see cref="IMailbox.CreateMessageAsync"/> does, all or none, in order. They MUST be taken one after the other, each body
    /// read to its end before the next message is asked for; nothing of the store may be held meanwhile, for a body may be read out of the same
    /// store. When the enumeration or a body throws, nothing is stored and its exception comes out. RFC 3502 §6.3.11.
    /// </summary>
    /// <param name="messages">One or more.</param>
    /// <param name="cancellationToken">Gives up; the messages may be there nonetheless if they were committed by then.</param>
    /// <exception cref="BackendException"><see cref="BackendError.TooBig"/>: one of them is; <see cref="BackendError.Limit"/>: too many keywords, or
    /// too few UIDs left.</exception>
    Task<AppendedData> CreateMessagesAsync(IAsyncEnumerable<NewMessage> messages, CancellationToken cancellationToken);
}
