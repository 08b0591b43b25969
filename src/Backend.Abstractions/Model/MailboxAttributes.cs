namespace Backend.Abstractions.Model;

/// <summary>The attributes of a name in LIST that are not a special use. RFC 9051 §7.3.1; RFC 3348; RFC 5258 §3.</summary>
[Flags]
public enum MailboxAttributes
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>\Noselect: the name is there for its inferiors only and cannot be selected.</summary>
    NoSelect = 1 << 0,

    /// <summary>\HasChildren: there is at least one inferior name.</summary>
    HasChildren = 1 << 1,

    /// <summary>\HasNoChildren: there is none.</summary>
    HasNoChildren = 1 << 2,

    /// <summary>\NonExistent: nothing of this name is there; it is only subscribed to, or above somebody else's mailbox.</summary>
    NonExistent = 1 << 3,

    /// <summary>\Subscribed.</summary>
    Subscribed = 1 << 4,
}
