namespace Backend.Abstractions.Model;

/// <summary>What somebody may do with a mailbox: the standard rights, and sets of them. RFC 4314 §2.1.</summary>
[Flags]
public enum MailboxRights
{
    /// <summary>Nothing at all.</summary>
    None = 0,

    /// <summary>l: the mailbox is listed and can be subscribed to. Without it nothing tells that the mailbox is there.</summary>
    Lookup = 1 << 0,

    /// <summary>r: to select and examine it, to read its messages and to ask for its status.</summary>
    Read = 1 << 1,

    /// <summary>s: to set and clear \Seen.</summary>
    KeepSeen = 1 << 2,

    /// <summary>w: to set and clear all flags but \Seen and \Deleted.</summary>
    Write = 1 << 3,

    /// <summary>i: to append and copy messages to it.</summary>
    Insert = 1 << 4,

    /// <summary>p: to send mail to the mailbox's submission address. Nothing here depends on it.</summary>
    Post = 1 << 5,

    /// <summary>k: to create mailboxes below it, and rename mailboxes to names below it.</summary>
    CreateMailboxes = 1 << 6,

    /// <summary>x: to delete it and to rename it.</summary>
    DeleteMailbox = 1 << 7,

    /// <summary>t: to set and clear \Deleted.</summary>
    DeleteMessages = 1 << 8,

    /// <summary>e: to expunge.</summary>
    Expunge = 1 << 9,

    /// <summary>a: to read and change who has which rights.</summary>
    Administer = 1 << 10,

    /// <summary>Every right: what the owner always has.</summary>
    All = Lookup | Read | KeepSeen | Write | Insert | Post | CreateMailboxes | DeleteMailbox | DeleteMessages | Expunge | Administer,
}
