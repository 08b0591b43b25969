namespace Backend.Abstractions.Model;

/// <summary>
/// The state of a mailbox at one moment. <see cref="Name"/>, <see cref="Flags"/> and <see cref="PermanentFlags"/> are always there;
/// of the rest, what was not asked for is null. RFC 9051 §6.3.11.
/// </summary>
public sealed record MailboxStatus
{
    /// <summary>The mailbox's name now.</summary>
    public required MailboxName Name { get; init; }

    /// <summary>The flags that messages can have here: the system flags and the keywords in use. RFC 9051 §7.3.5.</summary>
    public required FlagSet Flags { get; init; }

    /// <summary>The flags that a client can change for good; with \* when it can make new keywords. RFC 9051 §7.1 (PERMANENTFLAGS).</summary>
    public required FlagSet PermanentFlags { get; init; }

    /// <summary>The number of messages.</summary>
    public long? Messages { get; init; }

    /// <summary>The number of messages that are recent to this handle.</summary>
    public long? Recent { get; init; }

    /// <summary>The UID that the next message will have at least.</summary>
    public Uid? UidNext { get; init; }

    /// <summary>The UID validity.</summary>
    public UidValidity? UidValidity { get; init; }

    /// <summary>The number of messages without \Seen.</summary>
    public long? Unseen { get; init; }

    /// <summary>The number of messages with \Deleted.</summary>
    public long? Deleted { get; init; }

    /// <summary>The octets of all messages.</summary>
    public long? Size { get; init; }

    /// <summary>The octets of the messages with \Deleted: what EXPUNGE would free.</summary>
    public long? DeletedStorage { get; init; }

    /// <summary>The highest modification sequence.</summary>
    public ModSeq? HighestModSeq { get; init; }

    /// <summary>The mailbox's id; null also where mailboxes have none.</summary>
    public MailboxId? MailboxId { get; init; }
}
