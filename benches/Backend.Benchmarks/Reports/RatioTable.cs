using System.Globalization;
using System.Text;
using Backend.Benchmarks.Engines;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Backend.Benchmarks.Reports;

/// <summary>What was measured as a table in Markdown: the medians, and how many times the lower bound the store takes.</summary>
static class RatioTable
{
    public static string Of(IEnumerable<Summary> summaries, Engine engine)
    {
        var table = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"| {engine} | plain ADO.NET | store | ratio | goal | allocated, plain | allocated, store |")
            .AppendLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        var rounds = summaries.SelectMany(static summary => summary.Reports)
            .Where(report => report.Success && EngineOf(report.BenchmarkCase) == engine)
            .GroupBy(static report => NameOf(report.BenchmarkCase));
        foreach (var operation in rounds)
            AppendRow(table, operation.Key, [.. operation.Where(static report => report.BenchmarkCase.Descriptor.Baseline)], [.. operation.Where(static report => !report.BenchmarkCase.Descriptor.Baseline)]);
        return table.ToString();
    }

    /// <summary>Each side has a report a round; the ratio is that of a round, in which both stood next to each other.</summary>
    static void AppendRow(StringBuilder table, string name, List<BenchmarkReport> plain, List<BenchmarkReport> store)
    {
        if (plain.Count == 0 || store.Count == 0)
            return;
        var ratio = Median(plain.Zip(store, static (plain, store) => store.ResultStatistics!.Median / plain.ResultStatistics!.Median));
        var goal = typeof(WriteBenchmarks).IsAssignableFrom(store[0].BenchmarkCase.Descriptor.Type) ? WriteBenchmarks.Goal : StoreBenchmarks.Goal;
        var ratioText = ratio.ToString("0.00", CultureInfo.InvariantCulture);
        table.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {Time(plain)} | {Time(store)} | {(ratio > goal ? $"**{ratioText}**" : ratioText)} | {goal} | {Allocated(plain[0])} | {Allocated(store[0])} |");
    }

    static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    static Engine EngineOf(BenchmarkCase benchmark) => (Engine)benchmark.Parameters[nameof(StoreBenchmarks.Engine)];

    /// <summary>The name of an operation, the same on all engines.</summary>
    public static string NameOf(BenchmarkCase benchmark) =>
        benchmark.Parameters[nameof(SearchBenchmarks.Kind)] is SearchKind kind ? $"{benchmark.Descriptor.Categories[0]}: {kind}" : benchmark.Descriptor.Categories[0];

    static string Time(List<BenchmarkReport> reports) => Median(reports.Select(static report => report.ResultStatistics!.Median)) switch
    {
        >= 1e6 and var nanoseconds => (nanoseconds / 1e6).ToString("#,0.0 ms", CultureInfo.InvariantCulture),
        var nanoseconds => (nanoseconds / 1e3).ToString("#,0.0 µs", CultureInfo.InvariantCulture),
    };

    static string Allocated(BenchmarkReport report) =>
        ((report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0) / 1024.0).ToString("#,0 KB", CultureInfo.InvariantCulture);
}
