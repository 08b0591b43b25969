namespace Backend.Specification.Tests.Models;

/// <summary>What a random session does in one step.</summary>
enum StepKind
{
    Create,
    Delete,
    Rename,
    Subscribe,
    Unsubscribe,
    Append,
    AppendMore,
    Store,
    StoreMore,
    Copy,
    Move,
    Expunge,
}
