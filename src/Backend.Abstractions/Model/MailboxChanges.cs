namespace Backend.Abstractions.Model;

/// <summary>Everything that happened in a mailbox since a modification sequence, all of it from one consistent state.</summary>
public sealed record MailboxChanges
{
    /// <summary>The modification sequence up to which this is complete: what the next poll continues from.</summary>
    public required ModSeq HighestModSeq { get; init; }

    /// <summary>The UID that the next message will have at least.</summary>
    public required Uid UidNext { get; init; }

    /// <summary>The messages that came or whose flags changed and that are still there, ascending by UID.</summary>
    public required ImmutableArray<MessageFlags> Changed { get; init; }

    /// <summary>
    /// The messages that are gone. It may name UIDs that the caller never heard of or that never were, and does when the change log
    /// no longer reaches back far enough; it names none that is there. RFC 7162 §5.3.
    /// </summary>
    public required UidSet Expunged { get; init; }

    /// <summary>Those of <see cref="Changed"/> that became \Recent to this handle with this poll. RFC 3501 §2.3.2.</summary>
    public required UidSet Recent { get; init; }

    /// <summary>The flags that messages can have here now.</summary>
    public required FlagSet Flags { get; init; }

    /// <summary>The flags that the user can change for good now; null where that is as it was. RFC 4314 §5.1.1.</summary>
    public FlagSet? PermanentFlags { get; init; }
}
