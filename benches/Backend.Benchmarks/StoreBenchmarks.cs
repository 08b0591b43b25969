using Backend.Benchmarks.Engines;
using BenchmarkDotNet.Attributes;

namespace Backend.Benchmarks;

/// <summary>An operation of the store beside the same work in plain ADO.NET, on one engine after the other.</summary>
public abstract class StoreBenchmarks
{
    /// <summary>The largest ratio to plain ADO.NET that the store may have.</summary>
    public const double Goal = 1.5;

    /// <summary>The engines of this run.</summary>
    public static IReadOnlyList<Engine> Engines { get; set; } = Enum.GetValues<Engine>();

    [ParamsSource(nameof(Engines))]
    public Engine Engine { get; set; }

    private protected SeededStore Seeded => SeededStore.Of(Engine);

    private protected static CancellationToken None => CancellationToken.None;
}
