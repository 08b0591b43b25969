namespace Backend.Specification.Tests.Models;

/// <summary>What a store answers to an act, as text that two stores can be compared by, and what may differ within limits.</summary>
/// <param name="Text">All that must be the same. UIDVALIDITYs and modification sequences are told by how they stand to each other.</param>
sealed record Answer(string Text)
{
    /// <summary>The messages that a poll says are gone.</summary>
    public UidSet Gone { get; init; } = UidSet.Empty;

    /// <summary>The flags that messages are said to have.</summary>
    public FlagSet Flags { get; init; } = FlagSet.Empty;

    /// <summary>
    /// Whether a store may answer this where the reference answers that. It may tell of more messages that are gone (RFC 7162 §5.3), and of
    /// keywords that are no longer in use (RFC 9051 §7.3.5).
    /// </summary>
    public bool Agrees(Answer reference) =>
        Text == reference.Text
        && reference.Gone.Enumerate().All(uid => Gone.Contains(uid, Uid.MaxValue))
        && reference.Flags.All(Flags.Contains)
        && Flags.All(flag => reference.Flags.Contains(flag) || !flag.IsSystem);

    public override string ToString() => $"{Text}{(Gone.IsEmpty ? "" : $" gone {Gone}")}{(Flags.Count == 0 ? "" : $" flags {AnswerText.Listed(Flags)}")}";
}
