using BenchmarkDotNet.Reports;

namespace Backend.Benchmarks.Reports;

/// <summary>Reads the figures from what BenchmarkDotNet gives for each round.</summary>
static class SummaryFigures
{
    public static IEnumerable<OperationFigures> Of(IEnumerable<Summary> rounds) =>
        from report in rounds.SelectMany(static round => round.Reports)
        where report.Success
        group report by Operation.Of(report.BenchmarkCase) into operation
        let plain = operation.Where(static report => report.BenchmarkCase.Descriptor.Baseline).ToList()
        let store = operation.Where(static report => !report.BenchmarkCase.Descriptor.Baseline).ToList()
        where plain.Count > 0 && store.Count > 0
        select new OperationFigures(
            operation.Key.Engine,
            operation.Key.Name,
            operation.Key.Goal,
            Median.Of(plain.Select(Time)),
            Median.Of(store.Select(Time)),
            // Of one round, in which both stood next to each other.
            Median.Of(plain.Zip(store, static (plain, store) => Time(store) / Time(plain))),
            Allocated(plain[0]),
            Allocated(store[0]));

    static double Time(BenchmarkReport report) => report.ResultStatistics!.Median;

    static double Allocated(BenchmarkReport report) => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
}
