using Backend.Benchmarks.Engines;
using BenchmarkDotNet.Running;

namespace Backend.Benchmarks.Reports;

/// <summary>Which operation a benchmark is of; its two sides have the same.</summary>
sealed record Operation(Engine Engine, string Name, double Goal)
{
    public static Operation Of(BenchmarkCase benchmark) => new(
        (Engine)benchmark.Parameters[nameof(StoreBenchmarks.Engine)],
        benchmark.Parameters[nameof(SearchBenchmarks.Kind)] is SearchKind kind ? $"{benchmark.Descriptor.Categories[0]}: {kind}" : benchmark.Descriptor.Categories[0],
        benchmark.Descriptor.Type.IsSubclassOf(typeof(WriteBenchmarks)) ? WriteBenchmarks.Goal : StoreBenchmarks.Goal);
}
