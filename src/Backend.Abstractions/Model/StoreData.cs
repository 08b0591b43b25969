namespace Backend.Abstractions.Model;

/// <summary>What a change of flags did.</summary>
/// <param name="ModSeq">The modification sequence that the change was given, or null when no message changed.</param>
/// <param name="Changed">The messages that did change, ascending by UID; a message that had the flags already is not among them.</param>
public sealed record StoreData(ModSeq? ModSeq, ImmutableArray<MessageFlags> Changed)
{
    /// <summary>Nothing changed.</summary>
    public static StoreData Nothing { get; } = new(null, []);
}
