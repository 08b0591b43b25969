namespace Backend.Abstractions.Capabilities;

/// <summary>A mailbox that can put what it finds together to threads. RFC 5256.</summary>
public interface IThreadMailbox : IMailbox
{
    /// <summary>Searches the mailbox and threads the messages that match, and only those. RFC 5256 §3 (THREAD).</summary>
    /// <param name="algorithm">How.</param>
    /// <param name="criteria">Which messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackendException"><see cref="BackendError.Limit"/>: deeper than <see cref="SearchCriteria.MaxDepth"/>.</exception>
    Task<ImmutableArray<ThreadMember>> ThreadMessagesAsync(ThreadAlgorithm algorithm, SearchCriteria criteria, CancellationToken cancellationToken);
}
