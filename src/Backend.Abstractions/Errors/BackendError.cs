namespace Backend.Abstractions.Errors;

/// <summary>Why a backend refused: the whole list, so that a front end has an answer for each.</summary>
public enum BackendError
{
    /// <summary>The user name or the password is wrong: never which of the two.</summary>
    InvalidCredentials,

    /// <summary>No mailbox has this name, or the mailbox of this handle has been deleted.</summary>
    NoSuchMailbox,

    /// <summary>A mailbox of this name is there already.</summary>
    MailboxAlreadyExists,

    /// <summary>The text cannot be the name of a mailbox.</summary>
    InvalidMailboxName,

    /// <summary>The name is there for its inferiors only (\Noselect) and holds no messages.</summary>
    NotSelectable,

    /// <summary>The name cannot be deleted: it is \Noselect and has inferiors. RFC 9051 §6.3.5 (HASCHILDREN).</summary>
    HasChildren,

    /// <summary>What was asked is never allowed, such as deleting INBOX. RFC 5530 §3 (CANNOT).</summary>
    Cannot,

    /// <summary>The mailbox was opened by EXAMINE.</summary>
    ReadOnly,

    /// <summary>The text cannot be a flag.</summary>
    InvalidFlag,

    /// <summary>A sequence number is above the number of messages.</summary>
    InvalidSequenceNumber,

    /// <summary>Another mailbox of the user has this special use already. RFC 6154 §3 (USEATTR).</summary>
    SpecialUseTaken,

    /// <summary>The message is larger than is taken here. RFC 7889 §4 (TOOBIG).</summary>
    TooBig,

    /// <summary>A limit is reached: mailboxes, keywords, UIDs, a tenant's users. RFC 5530 §3 (LIMIT).</summary>
    Limit,

    /// <summary>A quota would be exceeded. RFC 9208 §4.3.1 (OVERQUOTA).</summary>
    OverQuota,

    /// <summary>No quota root has this name, or none that the user may see.</summary>
    NoSuchQuotaRoot,

    /// <summary>The message is gone since it was listed. RFC 5530 §3 (EXPUNGEISSUED).</summary>
    Expunged,

    /// <summary>A user of this name is there already.</summary>
    UserAlreadyExists,

    /// <summary>No user has this name.</summary>
    NoSuchUser,

    /// <summary>The text cannot be the name of a user.</summary>
    InvalidUserName,

    /// <summary>The text cannot be a password.</summary>
    InvalidPassword,

    /// <summary>The user, or the user's tenant, has been suspended while the session was open. RFC 5530 §3 (CONTACTADMIN).</summary>
    Suspended,

    /// <summary>A tenant of this name is there already.</summary>
    TenantAlreadyExists,

    /// <summary>No tenant has this name.</summary>
    NoSuchTenant,

    /// <summary>The text cannot be the name of a tenant.</summary>
    InvalidTenantName,

    /// <summary>The text cannot be a mail domain.</summary>
    InvalidDomain,

    /// <summary>The domain, or a user of that domain, is another tenant's.</summary>
    DomainTaken,

    /// <summary>The tenant has no such domain.</summary>
    NoSuchDomain,

    /// <summary>The store cannot answer now (locked by another program, full disk, no connection); the same request may succeed later. RFC 5530 §3 (UNAVAILABLE).</summary>
    Unavailable,

    /// <summary>The store is damaged. RFC 5530 §3 (CORRUPTION).</summary>
    Corruption,

    /// <summary>The user may not do that: lacks a right to somebody else's mailbox, or is no administrator. RFC 4314 §4; RFC 5530 §3 (NOPERM).</summary>
    NoPermission,

    /// <summary>There are as many annotations as there may be. RFC 5464 §4.3 (METADATA TOOMANY).</summary>
    TooManyEntries,

    /// <summary>The mailbox has no private annotations for this user. RFC 5464 §4.3 (METADATA NOPRIVATE).</summary>
    NoPrivateMetadata,
}
