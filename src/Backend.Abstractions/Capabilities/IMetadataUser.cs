namespace Backend.Abstractions.Capabilities;

/// <summary>
/// A user whose mailboxes can have annotations. They go with the mailbox: they stay when it is renamed, and go when it is deleted; INBOX renamed leaves
/// its own to INBOX, and the new mailbox has copies. Names that cannot be selected can have them too. RFC 5464.
/// </summary>
/// <remarks>
/// Of somebody else's mailbox, those who have rights to it see and set the shared ones, as RFC 5464 §3.3 says; there are no private ones for them. Of the
/// server a user has private ones only.
/// </remarks>
public interface IMetadataUser : IUser
{
    /// <summary>Tells annotations, in the order of their names.</summary>
    /// <param name="mailbox">The mailbox; null for the server.</param>
    /// <param name="names">Which, in lower case.</param>
    /// <param name="withInferiors">Whether those below these names are told too.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchMailbox"/>; <see cref="BackendError.NoPermission"/>.</exception>
    Task<IReadOnlyList<MetadataEntry>> GetMetadataAsync(MailboxName? mailbox, IReadOnlyCollection<string> names, bool withInferiors, CancellationToken cancellationToken);

    /// <summary>Sets annotations, and removes those that are given without a value; all or none.</summary>
    /// <param name="mailbox">The mailbox; null for the server.</param>
    /// <param name="entries">The annotations, each name once and valid.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchMailbox"/>; <see cref="BackendError.NoPermission"/>: shared ones of the server, or of a
    /// mailbox without the rights; <see cref="BackendError.NoPrivateMetadata"/>; <see cref="BackendError.TooManyEntries"/>: more than <see cref="MetadataEntry.MaxCount"/>.</exception>
    Task SetMetadataAsync(MailboxName? mailbox, IReadOnlyCollection<MetadataEntry> entries, CancellationToken cancellationToken);
}
