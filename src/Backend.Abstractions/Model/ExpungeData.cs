namespace Backend.Abstractions.Model;

/// <summary>What an expunge or a move took out of a mailbox.</summary>
/// <param name="ModSeq">The modification sequence that it was given, or null when no message went.</param>
/// <param name="Expunged">The messages that are gone.</param>
public sealed record ExpungeData(ModSeq? ModSeq, UidSet Expunged)
{
    /// <summary>Nothing was there to expunge.</summary>
    public static ExpungeData Nothing { get; } = new(null, UidSet.Empty);
}
