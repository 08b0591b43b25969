namespace Backend.Abstractions;

/// <summary>
/// A user of the store, for one connection. A user operation always deals with mailboxes. The seed's <c>backend.User</c>.
/// One operation at a time; several connections of one user have one <see cref="IUser"/> each.
/// All operations throw <see cref="BackendException"/> with <see cref="BackendError.Unavailable"/> when the store cannot answer.
/// </summary>
public interface IUser
{
    /// <summary>The login name, in the form it was created with.</summary>
    string Username { get; }

    /// <summary>
    /// Lists the names of the user's hierarchy in the order of their code units, INBOX first. INBOX is always among them. Without
    /// <paramref name="subscribed"/>: every mailbox and every \Noselect name, others' mailboxes too that the user may look up
    /// (<see cref="Capabilities.IAclUser"/>), and as \Noselect and \NonExistent the levels above those. RFC 9051 §6.3.9; RFC 3501 §6.3.8-6.3.9.
    /// </summary>
    /// <param name="subscribed">Only the names subscribed to, also those that no mailbox has any longer (\NonExistent).</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<MailboxInfo>> ListMailboxesAsync(bool subscribed, CancellationToken cancellationToken);

    /// <summary>Gives a handle on a mailbox, independent of every other handle on it.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchMailbox"/>; <see cref="BackendError.NotSelectable"/>.</exception>
    Task<IMailbox> GetMailboxAsync(MailboxName name, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a mailbox, and as mailboxes the superiors that are missing. A \Noselect name becomes a mailbox again. Its UIDs MUST be
    /// above every UID that any mailbox of this name ever had, unless its UIDVALIDITY is higher. RFC 9051 §6.3.4; RFC 3501 §6.3.3.
    /// </summary>
    /// <exception cref="BackendException"><see cref="BackendError.MailboxAlreadyExists"/>, INBOX always;
    /// <see cref="BackendError.SpecialUseTaken"/>, and then nothing is created (RFC 6154 §3); <see cref="BackendError.Limit"/>.</exception>
    Task<CreateData> CreateMailboxAsync(MailboxName name, CreateOptions options, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a mailbox for good with its messages. It MUST NOT remove inferiors: with inferiors the name stays as \Noselect. The highest
    /// UID that was used MUST be remembered for a mailbox of the same name later. Its subscription stays. RFC 9051 §6.3.5; RFC 3501 §6.3.4.
    /// </summary>
    /// <exception cref="BackendException"><see cref="BackendError.Cannot"/>: INBOX; <see cref="BackendError.NoSuchMailbox"/>;
    /// <see cref="BackendError.HasChildren"/>: a \Noselect name that has inferiors.</exception>
    Task DeleteMailboxAsync(MailboxName name, CancellationToken cancellationToken);

    /// <summary>
    /// Changes the name of a mailbox or \Noselect name. Inferiors MUST follow; missing superiors of the new name are created; the highest UID
    /// MUST be remembered for the old name; subscriptions do not change. INBOX: its messages move to a new mailbox of the new name, INBOX
    /// stays and is empty, its inferiors stay. All or nothing. RFC 9051 §6.3.6; RFC 3501 §6.3.5.
    /// </summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchMailbox"/>; <see cref="BackendError.MailboxAlreadyExists"/>;
    /// <see cref="BackendError.Cannot"/>: below itself; <see cref="BackendError.InvalidMailboxName"/>: an inferior's new name would be too long.</exception>
    Task RenameMailboxAsync(MailboxName existingName, MailboxName newName, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a name to the subscriptions or removes it; neither is an error when it was done already. A subscription belongs to the name:
    /// it outlives the mailbox, which is why this stands here and not, as in the seed, on the mailbox. RFC 9051 §6.3.7-6.3.8; RFC 3501 §6.3.6-6.3.7.
    /// </summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchMailbox"/>: subscribing to a name that is not there.</exception>
    Task SetSubscribedAsync(MailboxName name, bool subscribed, CancellationToken cancellationToken);

    /// <summary>The user will no longer be used, most likely since the client has closed the connection.</summary>
    Task LogoutAsync();
}
