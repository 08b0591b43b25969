namespace Backend.Abstractions.Capabilities;

/// <summary>
/// A user who can share mailboxes with other users of the same tenant, and sees theirs. RFC 4314; RFC 2342 (other users' namespace).
/// <para>
/// Mailboxes of others have the names of <see cref="OtherUsers"/>: they are listed, opened, created, subscribed to and so on as the user's own are, as
/// far as the rights go, and are copied to and from. Whoever lacks a right that an operation needs (RFC 4314 §4) is refused with
/// <see cref="BackendError.NoPermission"/>, or, lacking <see cref="MailboxRights.Lookup"/> too, with <see cref="BackendError.NoSuchMailbox"/>, as if
/// nothing were there. The rights are looked up with each operation, so a change of them holds from the next one on. The owner has every right
/// always. What one may not store of flags is left as it is; where nothing is left to do, it is refused. A mailbox is never moved from one user to another by renaming it.
/// </para>
/// <para>Flags, \Seen among them, and \Recent are the mailbox's and not each user's; keywords count for the owner.</para>
/// <para>Users who were opened for the administration (<see cref="Administration.IUserDirectory.OpenUserAsync"/>) see their own mailboxes only.</para>
/// </summary>
public interface IAclUser : IUser
{
    /// <summary>Tells who has which rights to a mailbox, the owner first. Needs <see cref="MailboxRights.Administer"/>. RFC 4314 §3.3.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchMailbox"/>; <see cref="BackendError.NotSelectable"/>;
    /// <see cref="BackendError.NoPermission"/>.</exception>
    Task<IReadOnlyList<AclEntry>> GetAclAsync(MailboxName name, CancellationToken cancellationToken);

    /// <summary>Changes an identifier's rights to a mailbox; without any left its line is gone. Needs <see cref="MailboxRights.Administer"/>. RFC 4314 §3.1.</summary>
    /// <param name="name">The mailbox.</param>
    /// <param name="identifier">A login name in any case, or <see cref="AclEntry.Anyone"/>.</param>
    /// <param name="operation">What to do with the rights.</param>
    /// <param name="rights">The rights.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackendException">As <see cref="GetAclAsync"/>; <see cref="BackendError.NoSuchUser"/>: the tenant has no such user;
    /// <see cref="BackendError.Cannot"/>: a right would be taken from the owner, or the identifier begins with a dash: there are no negative rights
    /// (RFC 4314 §2); <see cref="BackendError.InvalidMailboxName"/>: the name would be too long for others.</exception>
    Task SetRightsAsync(MailboxName name, string identifier, RightsOperation operation, MailboxRights rights, CancellationToken cancellationToken);

    /// <summary>Tells which rights an identifier can have to a mailbox. Needs <see cref="MailboxRights.Administer"/>. RFC 4314 §3.4.</summary>
    /// <exception cref="BackendException">As <see cref="SetRightsAsync"/>.</exception>
    Task<GrantableRights> GetGrantableRightsAsync(MailboxName name, string identifier, CancellationToken cancellationToken);

    /// <summary>Tells the user's own rights to a mailbox or \Noselect name. RFC 4314 §3.5, §4.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchMailbox"/>, also where the user has none of the rights that RFC 4314 §4 names.</exception>
    Task<MailboxRights> GetMyRightsAsync(MailboxName name, CancellationToken cancellationToken);
}
