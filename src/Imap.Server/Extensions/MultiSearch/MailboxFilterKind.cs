namespace Imap.Server.Extensions.MultiSearch;

/// <summary>The kinds of <see cref="MailboxFilter"/>. RFC 5465 §6; RFC 7377 §2.2.</summary>
enum MailboxFilterKind
{
    /// <summary>The mailbox that is selected.</summary>
    Selected,

    /// <summary>Those that mail is delivered to: INBOX.</summary>
    Inboxes,

    /// <summary>All of the user's own.</summary>
    Personal,

    /// <summary>Those that are subscribed to.</summary>
    Subscribed,

    /// <summary>Those that are named, and all below them.</summary>
    Subtree,

    /// <summary>Those that are named, and those right below them.</summary>
    SubtreeOne,

    /// <summary>Those that are named.</summary>
    Mailboxes,
}
