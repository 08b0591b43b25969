namespace Backend.Specification.Tests.Models;

/// <summary>One step of a random session. What does not matter to its kind is ignored.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Name">To which name.</param>
/// <param name="Other">To which second name.</param>
/// <param name="Messages">To which messages, one bit each, the ninth being the first again; an odd number of bits names them by sequence number.</param>
/// <param name="Flags">With which flags, one bit each; and how, in the bits above.</param>
readonly record struct Step(StepKind Kind, string Name, string Other, byte Messages, byte Flags)
{
    static readonly Flag[] Palette = [Flag.Seen, Flag.Deleted, Flag.Flagged, Flag.Parse("$Work"), Flag.Parse("$Home")];

    public FlagSet FlagSet
    {
        get
        {
            var bits = Flags;
            return FlagSet.Of(Palette.Where((_, i) => (bits & (1 << i)) != 0));
        }
    }

    public FlagsOperation Operation => (FlagsOperation)((Flags >> 5) % 3);

    public bool Picks(int index) => (Messages & (1 << (index % 8))) != 0;

    public bool BySequence => System.Numerics.BitOperations.PopCount(Messages) % 2 == 1;

    public override string ToString() => Kind switch
    {
        StepKind.Create or StepKind.Delete or StepKind.Subscribe or StepKind.Unsubscribe => $"{Kind} {Name}",
        StepKind.Rename => $"{Kind} {Name} to {Other}",
        StepKind.Append => $"Append to {Name} with {FlagSet}",
        StepKind.Store => $"{Operation} in {Name} {Picked} {FlagSet}",
        StepKind.Expunge => $"Expunge {Name} {(Messages % 2 == 0 ? "" : Picked)}",
        _ => $"{Kind} from {Name} {Picked} to {Other}",
    };

    string Picked => $"[{Messages:b8}{(BySequence ? " by number" : "")}]";
}
