namespace Imap.Server.Session;

/// <summary>What a client is told of the mailbox that it has selected. RFC 5465 §5.</summary>
[Flags]
enum SelectedNews
{
    /// <summary>Nothing: its picture of the mailbox stays as it is.</summary>
    None = 0,

    /// <summary>New messages.</summary>
    New = 1 << 0,

    /// <summary>Messages that are gone.</summary>
    Expunged = 1 << 1,

    /// <summary>Flags.</summary>
    Flags = 1 << 2,

    /// <summary>All, as when nobody has said anything about it.</summary>
    All = New | Expunged | Flags,
}
