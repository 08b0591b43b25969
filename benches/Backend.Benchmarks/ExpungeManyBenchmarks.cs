using BenchmarkDotNet.Attributes;

namespace Backend.Benchmarks;

/// <summary>EXPUNGE of 10,000 messages among 20,000.</summary>
[InvocationCount(1)]
public class ExpungeManyBenchmarks : WriteBenchmarks
{
    const int Messages = 10_000;
    const long Deleted = 4;

    IMailbox mailbox = null!;
    int id;

    [GlobalSetup]
    public async Task SetUpAsync() => (mailbox, id) = await Seeded.CreateAsync(Messages);

    [IterationSetup]
    public void Refill() => Seeded.Plain.FillAsync(id, Messages, Deleted).GetAwaiter().GetResult();

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("expunge 10,000 messages")]
    public async Task<long> PlainMany() => (await Seeded.Plain.Flags.ExpungeAsync(id, 1, uint.MaxValue)).Count;

    [Benchmark]
    [BenchmarkCategory("expunge 10,000 messages")]
    public async Task<long> ExpungeMany() => (await mailbox.ExpungeAsync(null, None)).Expunged.Count;
}
