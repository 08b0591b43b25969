namespace Backend.Abstractions.Capabilities;

/// <summary>A mailbox that remembers which messages it had. RFC 7162 §3.2.</summary>
public interface IQresyncMailbox : ICondstoreMailbox
{
    /// <summary>
    /// Says which of these messages were expunged, or moved away, after <paramref name="since"/>. Where the store no longer reaches back so
    /// far it says of all of them that are not there: then UIDs may be among them that never were or that went earlier. It never names a
    /// message that is there, nor a UID that has not been given out. RFC 7162 §3.2.6, §5.3.
    /// </summary>
    /// <param name="messages">Which messages; here <c>*</c> stands for the highest UID that was ever given out.</param>
    /// <param name="since">The modification sequence.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Ascending ranges that neither overlap nor touch.</returns>
    Task<UidSet> ListVanishedAsync(UidSet messages, ModSeq since, CancellationToken cancellationToken);
}
