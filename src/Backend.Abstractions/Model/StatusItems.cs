namespace Backend.Abstractions.Model;

/// <summary>What STATUS can ask of a mailbox. RFC 9051 §6.3.11; RFC 3501 §6.3.10.</summary>
[Flags]
public enum StatusItems
{
    /// <summary>Only what is always there.</summary>
    None = 0,

    /// <summary>MESSAGES: the number of messages.</summary>
    Messages = 1 << 0,

    /// <summary>RECENT: the number of messages with \Recent. RFC 3501 only.</summary>
    Recent = 1 << 1,

    /// <summary>UIDNEXT.</summary>
    UidNext = 1 << 2,

    /// <summary>UIDVALIDITY.</summary>
    UidValidity = 1 << 3,

    /// <summary>UNSEEN: the number of messages without \Seen.</summary>
    Unseen = 1 << 4,

    /// <summary>DELETED: the number of messages with \Deleted. RFC 9051 only.</summary>
    Deleted = 1 << 5,

    /// <summary>SIZE: the octets of all messages. RFC 9051; RFC 8438.</summary>
    Size = 1 << 6,

    /// <summary>HIGHESTMODSEQ. RFC 7162 §3.1.7.</summary>
    HighestModSeq = 1 << 7,

    /// <summary>MAILBOXID. RFC 8474 §4.3.</summary>
    MailboxId = 1 << 8,

    /// <summary>DELETED-STORAGE: the octets of the messages with \Deleted. RFC 9208 §4.1.4.</summary>
    DeletedStorage = 1 << 9,
}
