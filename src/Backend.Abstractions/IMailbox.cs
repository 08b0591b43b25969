namespace Backend.Abstractions;

/// <summary>
/// A handle on a mailbox. A mailbox operation always deals with messages. The seed's <c>backend.Mailbox</c>. One operation at a time;
/// handles do not share anything, \Recent neither. A handle follows its mailbox through a rename; when the mailbox is deleted, every
/// operation throws <see cref="BackendError.NoSuchMailbox"/>.
/// <para>
/// Messages are named by a <see cref="SequenceSet"/>, as the mailbox stands at the call, or by a <see cref="UidSet"/>. UIDs that no
/// message has name nothing; a sequence number above the number of messages is <see cref="BackendError.InvalidSequenceNumber"/>,
/// except that <c>*</c> in an empty mailbox names nothing.
/// </para>
/// <para>
/// A change is durable when its task has completed, and not there at all when the task failed. Every change is told to the user's
/// other connections through <see cref="IUpdater"/> after that. All operations throw <see cref="BackendException"/> with
/// <see cref="BackendError.Unavailable"/> when the store cannot answer; after <see cref="SelectAsync"/> with EXAMINE, those that change
/// something throw <see cref="BackendError.ReadOnly"/>.
/// </para>
/// </summary>
public interface IMailbox
{
    /// <summary>The name when the handle was made.</summary>
    MailboxName Name { get; }

    /// <summary>What LIST tells of the mailbox now.</summary>
    Task<MailboxInfo> GetInfoAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Opens the mailbox as SELECT and EXAMINE do: everything that a session starts from, out of one state. SELECT makes what
    /// is \Recent to nobody yet \Recent to this handle; EXAMINE shows it and leaves it. RFC 9051 §6.3.2-6.3.3; RFC 3501 §6.3.1-6.3.2.
    /// </summary>
    Task<SelectData> SelectAsync(SelectOptions options, CancellationToken cancellationToken);

    /// <summary>
    /// Tells the state of the mailbox. <see cref="MailboxStatus.Name"/>, Flags and PermanentFlags are always there. It changes no
    /// message, \Recent neither. RFC 9051 §6.3.11; RFC 3501 §6.3.10.
    /// </summary>
    Task<MailboxStatus> GetStatusAsync(StatusItems items, CancellationToken cancellationToken);

    /// <summary>Housekeeping that a checkpoint may do; may take a while. RFC 3501 §6.4.1.</summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Lists messages, ascending by UID, never all of a mailbox in memory. It changes nothing. A message that is expunged meanwhile may
    /// be left out. RFC 9051 §6.4.5; RFC 3501 §6.4.5.
    /// </summary>
    IAsyncEnumerable<Message> ListMessagesAsync(NumberSet messages, FetchItems items, CancellationToken cancellationToken);

    /// <summary>Searches the mailbox; the answer names exactly the messages that match, by UID. RFC 9051 §6.4.4; RFC 3501 §6.4.4.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.Limit"/>: deeper than <see cref="SearchCriteria.MaxDepth"/>.</exception>
    Task<UidSet> SearchMessagesAsync(SearchCriteria criteria, CancellationToken cancellationToken);

    /// <summary>As <see cref="SearchMessagesAsync"/>, answered by sequence number at the moment of the search.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.Limit"/>: deeper than <see cref="SearchCriteria.MaxDepth"/>.</exception>
    Task<SequenceSet> SearchSequenceNumbersAsync(SearchCriteria criteria, CancellationToken cancellationToken);

    /// <summary>
    /// Appends a message: byte for byte what the stream gives, whatever it is. \Recent is added no matter what the flags are. When
    /// the stream throws, nothing is stored and its exception comes out. RFC 9051 §6.3.12; RFC 3501 §6.3.11.
    /// </summary>
    /// <param name="body">The message; read once, from where it stands to its end, and not closed.</param>
    /// <param name="options">Flags and date.</param>
    /// <param name="cancellationToken">Gives up; the message may be there nonetheless if it was committed by then.</param>
    /// <exception cref="BackendException"><see cref="BackendError.TooBig"/>; <see cref="BackendError.Limit"/>: too many keywords, or no UID left.</exception>
    Task<AppendData> CreateMessageAsync(Stream body, AppendOptions options, CancellationToken cancellationToken);

    /// <summary>
    /// Changes flags. \Recent is the server's: it is neither set nor removed. A message that has the flags already is not changed and
    /// gets no new modification sequence (RFC 7162 §3.1.11). RFC 9051 §6.4.6; RFC 3501 §6.4.6.
    /// </summary>
    /// <exception cref="BackendException"><see cref="BackendError.Limit"/>: too many keywords.</exception>
    Task<StoreData> UpdateMessagesFlagsAsync(NumberSet messages, FlagsOperation operation, FlagSet flags, CancellationToken cancellationToken);

    /// <summary>
    /// Copies messages to the end of a mailbox, which may be this one: all or none, in the order of their UIDs, with flags and internal
    /// date, and \Recent set. A missing destination is an error and MUST NOT be created. RFC 9051 §6.4.7; RFC 3501 §6.4.7.
    /// </summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchMailbox"/>, <see cref="BackendError.NotSelectable"/>: the destination;
    /// <see cref="BackendError.Limit"/>: no UIDs left in it.</exception>
    Task<CopyData> CopyMessagesAsync(NumberSet messages, MailboxName destination, CancellationToken cancellationToken);

    /// <summary>Removes for good the messages that have \Deleted, and no others. RFC 9051 §6.4.3; RFC 4315 §2.1 (UID EXPUNGE).</summary>
    /// <param name="uids">Only those of them that are in this set; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ExpungeData> ExpungeAsync(UidSet? uids, CancellationToken cancellationToken);
}
