namespace Imap.Server.Extensions.Notify;

/// <summary>The events that a client can be told of. RFC 5465 §5.</summary>
[Flags]
enum NotifyEvents
{
    /// <summary>NONE.</summary>
    None = 0,

    /// <summary>MessageNew. §5.2.</summary>
    MessageNew = 1 << 0,

    /// <summary>MessageExpunge. §5.3.</summary>
    MessageExpunge = 1 << 1,

    /// <summary>FlagChange. §5.1.</summary>
    FlagChange = 1 << 2,

    /// <summary>MailboxName. §5.4.</summary>
    MailboxName = 1 << 3,

    /// <summary>SubscriptionChange. §5.5.</summary>
    SubscriptionChange = 1 << 4,

    /// <summary>MailboxMetadataChange. §5.6.</summary>
    MailboxMetadataChange = 1 << 5,

    /// <summary>ServerMetadataChange. §5.7.</summary>
    ServerMetadataChange = 1 << 6,

    /// <summary>Those about messages.</summary>
    OfMessages = MessageNew | MessageExpunge | FlagChange,
}
