using BenchmarkDotNet.Attributes;

namespace Backend.Benchmarks;

/// <summary>STORE: \Flagged on and off.</summary>
public class StoreFlagsBenchmarks : WriteBenchmarks
{
    const int Messages = 100_000;

    static readonly FlagSet Flagged = FlagSet.Of(Flag.Flagged);
    static readonly UidSet One = UidSet.Of(new Uid(Messages / 2));

    IMailbox mailbox = null!;
    int plainId;
    bool add;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        (mailbox, _) = await Seeded.CreateAsync(Messages);
        (_, plainId) = await Seeded.CreateAsync(Messages);
        var plain = (await Seeded.Plain.Flags.StoreFlaggedAsync(plainId, 1, Messages, add: true)).Count;
        Agreement.Check(plain, (await mailbox.UpdateMessagesFlagsAsync(UidSet.All, FlagsOperation.Add, Flagged, None)).Changed.Length);
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("store a flag on one message")]
    public Task PlainOne() => Seeded.Plain.Flags.StoreFlaggedAsync(plainId, Messages / 2, Messages / 2, Toggle());

    [Benchmark]
    [BenchmarkCategory("store a flag on one message")]
    public Task StoreOne() => mailbox.UpdateMessagesFlagsAsync(One, Toggle() ? FlagsOperation.Add : FlagsOperation.Remove, Flagged, None);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("store a flag on 1:* (100,000)")]
    public Task PlainAll() => Seeded.Plain.Flags.StoreFlaggedAsync(plainId, 1, uint.MaxValue, Toggle());

    [Benchmark]
    [BenchmarkCategory("store a flag on 1:* (100,000)")]
    public Task StoreAll() => mailbox.UpdateMessagesFlagsAsync(UidSet.All, Toggle() ? FlagsOperation.Add : FlagsOperation.Remove, Flagged, None);

    bool Toggle()
    {
        var current = add;
        add = !add;
        return current;
    }
}
