namespace Backend.Abstractions.Model;

/// <summary>What a mailbox is used for, as clients want to know. RFC 6154 §2; RFC 8457 §3.</summary>
public enum SpecialUse
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>\All: presents all messages of the user.</summary>
    All = 1,

    /// <summary>\Archive.</summary>
    Archive = 2,

    /// <summary>\Drafts.</summary>
    Drafts = 3,

    /// <summary>\Flagged: presents all messages that are marked in some way.</summary>
    Flagged = 4,

    /// <summary>\Junk.</summary>
    Junk = 5,

    /// <summary>\Sent.</summary>
    Sent = 6,

    /// <summary>\Trash.</summary>
    Trash = 7,

    /// <summary>\Important: presents all messages that are likely important to the user. RFC 8457 §3.</summary>
    Important = 8,
}
