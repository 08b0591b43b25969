using BenchmarkDotNet.Attributes;

namespace Backend.Benchmarks;

/// <summary>UID EXPUNGE of one message after the other, all of which have \Deleted.</summary>
[InvocationCount(Invocations)]
public class ExpungeBenchmarks : WriteBenchmarks
{
    const int Invocations = 32;
    const long Deleted = 4;

    IMailbox mailbox = null!;
    int id;
    uint next;

    [GlobalSetup]
    public async Task SetUpAsync() => (mailbox, id) = await Seeded.CreateAsync();

    [IterationSetup]
    public void Refill() => Seeded.Plain.FillAsync(id, Invocations, Deleted).GetAwaiter().GetResult();

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("expunge one message")]
    public async Task<long> PlainOne()
    {
        next++;
        return (await Seeded.Plain.Flags.ExpungeAsync(id, next, next)).Count;
    }

    [Benchmark]
    [BenchmarkCategory("expunge one message")]
    public async Task<long> ExpungeOne() => (await mailbox.ExpungeAsync(UidSet.Of(new Uid(++next)), None)).Expunged.Count;
}
