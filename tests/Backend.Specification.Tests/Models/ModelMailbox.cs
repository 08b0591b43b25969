namespace Backend.Specification.Tests.Models;

/// <summary>A mailbox of the model, whatever its name is now; or a name that is kept for its inferiors.</summary>
sealed class ModelMailbox(bool selectable = true)
{
    public bool IsSelectable => selectable;

    /// <summary>The messages, ascending by UID.</summary>
    public List<ModelMessage> Messages { get; } = [];

    /// <summary>The messages that a step picks.</summary>
    public List<ModelMessage> Pick(Step step) => [.. Messages.Where((_, i) => step.Picks(i))];

    /// <summary>The messages that a step picks, as a set of the kind it wants.</summary>
    public NumberSet PickSet(Step step) => step.BySequence
        ? SequenceSet.From(Messages.Select((_, i) => i).Where(step.Picks).Select(static i => new SequenceNumber((uint)i + 1)))
        : UidSet.From(Pick(step).Select(static message => message.Uid));
}
