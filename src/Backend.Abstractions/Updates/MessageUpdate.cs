namespace Backend.Abstractions.Updates;

/// <summary>The flags of messages changed: one update for one command, however many messages it changed.</summary>
public sealed class MessageUpdate : Update
{
    /// <summary>Which messages.</summary>
    public required UidSet Uids { get; init; }

    /// <summary>The modification sequence of the change.</summary>
    public required ModSeq ModSeq { get; init; }
}
