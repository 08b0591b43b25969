namespace Backend.Abstractions.Capabilities;

/// <summary>A mailbox that can give what it finds in an order. RFC 5256; RFC 5957.</summary>
public interface ISortMailbox : IMailbox
{
    /// <summary>
    /// Searches the mailbox and sorts the messages that match by the first criterion, those that are equal by the next, and those that are
    /// equal by all as they stand in the mailbox. RFC 5256 §3 (SORT); RFC 5957 §4.
    /// </summary>
    /// <param name="criteria">Which messages.</param>
    /// <param name="order">By what, the most important first; none is the order of the mailbox.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackendException"><see cref="BackendError.Limit"/>: deeper than <see cref="SearchCriteria.MaxDepth"/>.</exception>
    Task<ImmutableArray<Uid>> SortMessagesAsync(SearchCriteria criteria, ImmutableArray<SortCriterion> order, CancellationToken cancellationToken);
}
