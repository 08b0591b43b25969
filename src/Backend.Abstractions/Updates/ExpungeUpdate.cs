namespace Backend.Abstractions.Updates;

/// <summary>Messages are gone: one update for one command, however many messages it removed.</summary>
public sealed class ExpungeUpdate : Update
{
    /// <summary>Which messages.</summary>
    public required UidSet Uids { get; init; }

    /// <summary>The modification sequence of the change.</summary>
    public required ModSeq ModSeq { get; init; }
}
