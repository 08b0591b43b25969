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
    Store,
    Copy,
    Move,
    Expunge,
}
