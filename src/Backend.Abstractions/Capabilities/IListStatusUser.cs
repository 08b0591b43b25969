namespace Backend.Abstractions.Capabilities;

/// <summary>A user who can be told the state of many mailboxes at once. RFC 5819; RFC 9051 §6.3.9.2 (STATUS).</summary>
public interface IListStatusUser : IUser
{
    /// <summary>
    /// Tells the state of mailboxes, out of one state of the store, as <see cref="IMailbox.GetStatusAsync"/> of a fresh handle does. It changes
    /// nothing, and costs about the same for one mailbox and for all.
    /// </summary>
    /// <param name="names">Which mailboxes.</param>
    /// <param name="items">What to tell of each.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The states by name. A name that no mailbox has, or that is \Noselect, is left out.</returns>
    Task<IReadOnlyDictionary<MailboxName, MailboxStatus>> GetStatusesAsync(IReadOnlyCollection<MailboxName> names, StatusItems items, CancellationToken cancellationToken);
}
