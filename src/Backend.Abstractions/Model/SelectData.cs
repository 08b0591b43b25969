namespace Backend.Abstractions.Model;

/// <summary>A mailbox at one moment, all of it from one consistent state. RFC 9051 §6.3.2; RFC 3501 §6.3.1.</summary>
public sealed record SelectData
{
    /// <summary>The UIDs of all messages, ascending: their positions are the sequence numbers.</summary>
    public required ImmutableArray<Uid> Uids { get; init; }

    /// <summary>The messages that are \Recent to this handle, and stay so for as long as it lives. RFC 3501 §2.3.2.</summary>
    public required UidSet Recent { get; init; }

    /// <summary>The UID of the first message without \Seen, or null when all are read. RFC 3501 §7.1 (UNSEEN).</summary>
    public required Uid? FirstUnseen { get; init; }

    /// <summary>The flags that messages can have here. RFC 9051 §7.3.5.</summary>
    public required FlagSet Flags { get; init; }

    /// <summary>The flags that a client can change for good, with \* when it can make new ones. RFC 9051 §7.1.</summary>
    public required FlagSet PermanentFlags { get; init; }

    /// <summary>The UID validity.</summary>
    public required UidValidity UidValidity { get; init; }

    /// <summary>The UID that the next message will have at least.</summary>
    public required Uid UidNext { get; init; }

    /// <summary>The highest modification sequence: what <see cref="IUpdaterMailbox.PollAsync"/> continues from.</summary>
    public required ModSeq HighestModSeq { get; init; }

    /// <summary>Whether nothing can be changed here: after EXAMINE, or for lack of every right to do so. RFC 4314 §5.2.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whose the mailbox is; null when it is the user's own.</summary>
    public SharedMailbox? Shared { get; init; }
}
