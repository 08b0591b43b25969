using System.Diagnostics;
using Backend.Benchmarks.Reports;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;

namespace Backend.Benchmarks;

/// <summary>
/// Measures the same benchmarks with both sides in turn, call by call. For a machine that does other things meanwhile: what troubles one
/// side troubles the other, and the median call is one that nobody interrupted.
/// </summary>
static class PairedRun
{
    const int WarmUps = 8;
    const int MinPairs = 7;
    const int MaxPairs = 2_000;

    static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    public static async Task<List<OperationFigures>> RunAsync(IEnumerable<Type> types, IConfig config)
    {
        var figures = new List<OperationFigures>();
        foreach (var operation in types.SelectMany(type => BenchmarkConverter.TypeToBenchmarks(type, config).BenchmarksCases).GroupBy(Operation.Of))
        {
            figures.Add(await MeasureAsync(operation.Key, await Side.CreateAsync(operation.Single(static side => side.Descriptor.Baseline)), await Side.CreateAsync(operation.Single(static side => !side.Descriptor.Baseline))));
            Console.WriteLine($"{figures[^1].Engine}, {figures[^1].Name}: {figures[^1].Ratio:0.00}");
        }

        return figures;
    }

    static async Task<OperationFigures> MeasureAsync(Operation operation, Side plain, Side store)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            await plain.CallAsync();
            await store.CallAsync();
        }

        plain.Forget();
        store.Forget();
        for (var started = Stopwatch.GetTimestamp(); plain.Calls < MinPairs || (plain.Calls < MaxPairs && Stopwatch.GetElapsedTime(started) < Duration);)
        {
            await plain.CallAsync();
            await store.CallAsync();
        }

        return new OperationFigures(operation.Engine, operation.Name, operation.Goal, plain.Time, store.Time, store.Time / plain.Time, plain.Octets, store.Octets);
    }

    sealed class Side(Func<Task> work, Action? refill, int callsForEachRefill, int operations)
    {
        readonly List<double> times = [];
        int calls;
        double octets;

        public int Calls => times.Count;

        /// <summary>The median, of one operation, in nanoseconds.</summary>
        public double Time => Median.Of(times);

        /// <summary>What one operation allocates.</summary>
        public double Octets => octets / times.Count;

        public static async Task<Side> CreateAsync(BenchmarkCase benchmark)
        {
            var (descriptor, instance) = (benchmark.Descriptor, Activator.CreateInstance(benchmark.Descriptor.Type)!);
            foreach (var parameter in benchmark.Parameters.Items)
                descriptor.Type.GetProperty(parameter.Name)!.SetValue(instance, parameter.Value);
            if (descriptor.GlobalSetupMethod is { } setUp)
                await (Task)setUp.Invoke(instance, null)!;
            return new Side(
                descriptor.WorkloadMethod.CreateDelegate<Func<Task>>(instance),
                descriptor.IterationSetupMethod?.CreateDelegate<Action>(instance),
                benchmark.Job.HasValue(RunMode.InvocationCountCharacteristic) ? (int)benchmark.Job.Run.InvocationCount : 1,
                descriptor.OperationsPerInvoke);
        }

        public void Forget()
        {
            times.Clear();
            octets = 0;
        }

        public async Task CallAsync()
        {
            if (calls++ % callsForEachRefill == 0)
                refill?.Invoke();
            var (allocated, started) = (GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
            await work();
            times.Add(Stopwatch.GetElapsedTime(started).TotalNanoseconds / operations);
            octets += (double)(GC.GetTotalAllocatedBytes() - allocated) / operations;
        }
    }
}
