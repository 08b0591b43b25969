using BenchmarkDotNet.Attributes;

namespace Backend.Benchmarks;

/// <summary>COPY to a mailbox that grows.</summary>
public class CopyBenchmarks : WriteBenchmarks
{
    static readonly UidSet One = UidSet.Of(new Uid(50_000));
    static readonly UidSet Many = UidSet.Between(new Uid(50_001), new Uid(60_000));

    // A thousand that a search found: seldom two side by side.
    static readonly long[] ScatteredUids = [.. Enumerable.Range(0, 1_000).Select(static i => (i * 97L) + 1)];
    static readonly UidSet Scattered = UidSet.From(ScatteredUids.Select(static uid => new Uid((uint)uid)));

    IMailbox mailbox = null!;
    int id;
    MailboxName target;
    string plainTarget = "";

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        (mailbox, id) = await Seeded.GetAsync("INBOX");
        target = (await Seeded.CreateAsync()).Mailbox.Name;
        plainTarget = (await Seeded.CreateAsync()).Mailbox.Name.Value;
        var (plain, store) = (await Seeded.Plain.Copies.CopyAsync(id, plainTarget, ScatteredUids), await mailbox.CopyMessagesAsync(Scattered, target, None));
        Agreement.Check(plain.Source, store.Source);
        Agreement.Check(plain.Destination, store.Destination);
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("copy one message")]
    public Task PlainOne() => Seeded.Plain.Copies.CopyAsync(id, plainTarget, 50_000, 50_000);

    [Benchmark]
    [BenchmarkCategory("copy one message")]
    public Task CopyOne() => mailbox.CopyMessagesAsync(One, target, None);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("copy 10,000 messages")]
    public Task PlainMany() => Seeded.Plain.Copies.CopyAsync(id, plainTarget, 50_001, 60_000);

    [Benchmark]
    [BenchmarkCategory("copy 10,000 messages")]
    public Task CopyMany() => mailbox.CopyMessagesAsync(Many, target, None);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("copy 1,000 scattered messages")]
    public Task PlainScattered() => Seeded.Plain.Copies.CopyAsync(id, plainTarget, ScatteredUids);

    [Benchmark]
    [BenchmarkCategory("copy 1,000 scattered messages")]
    public Task CopyScattered() => mailbox.CopyMessagesAsync(Scattered, target, None);
}
