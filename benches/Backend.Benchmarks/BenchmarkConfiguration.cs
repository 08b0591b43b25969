using Backend.Benchmarks.Reports;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Backend.Benchmarks;

/// <summary>How it is measured: in this process, which has the seeded stores, in one table with a ratio for each operation.</summary>
static class BenchmarkConfiguration
{
    public static IConfig Of(BenchmarkOptions options)
    {
        var job = Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithUnrollFactor(1)
            .WithMinInvokeCount(1)
            .WithEvaluateOverhead(false)
            .WithWarmupCount(2)
            .WithIterationCount(options.Quick ? 7 : 10)
            .WithIterationTime(TimeInterval.FromMilliseconds(options.Quick ? 150 : 300));
        var config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByCategory)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "mailstore-benchmarks"))
            .WithOptions(ConfigOptions.JoinSummary);
        return options.Filters.Count == 0
            ? config
            : config.AddFilter(new SimpleFilter(benchmark => options.Filters.Any(filter => Operation.Of(benchmark).Name.Contains(filter, StringComparison.OrdinalIgnoreCase))));
    }
}
