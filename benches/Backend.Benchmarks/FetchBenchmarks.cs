using Backend.Benchmarks.Seeding;
using BenchmarkDotNet.Attributes;

namespace Backend.Benchmarks;

/// <summary>FETCH of flags, envelopes and bodies.</summary>
public class FetchBenchmarks : StoreBenchmarks
{
    static readonly FetchItems Envelopes = new() { Attributes = FetchAttributes.Envelope };

    // A hundred in the middle, the first of them alone.
    static readonly UidSet Hundred = UidSet.Between(new Uid(50_001), new Uid(50_100));
    static readonly UidSet First = UidSet.Of(new Uid(1));
    static readonly UidSet One = UidSet.Of(new Uid(50_001));

    IMailbox mailbox = null!;
    IMailbox large = null!;
    int id;
    int largeId;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        (mailbox, id) = await Seeded.GetAsync("INBOX");
        (large, largeId) = await Seeded.GetAsync(Seed.LargeMailbox);
        await mailbox.SelectAsync(SelectOptions.ReadWrite, None);
        Agreement.Check((await Seeded.Plain.Reads.FlagsAsync(id, 1, uint.MaxValue)).Count, await CountAsync(mailbox.ListMessagesAsync(UidSet.All, FetchItems.FlagsOnly, None)));
        Agreement.Check(await Seeded.Plain.Reads.EnvelopesAsync(id, 50_001, 50_100), await EnvelopesAsync(Hundred));
        using var plain = new MemoryStream();
        using var store = new MemoryStream();
        await Seeded.Plain.Reads.BodiesAsync(id, 50_001, 50_100, plain);
        await Seeded.Plain.Reads.LargeBodyAsync(largeId, 1, plain);
        await BodiesAsync(mailbox, Hundred, store);
        await BodiesAsync(large, First, store);
        Agreement.CheckAll(plain.ToArray(), store.ToArray());
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("fetch flags of 1:* (100,000)")]
    public Task PlainFlags() => Seeded.Plain.Reads.FlagsAsync(id, 1, uint.MaxValue);

    [Benchmark]
    [BenchmarkCategory("fetch flags of 1:* (100,000)")]
    public Task<int> Flags() => CountAsync(mailbox.ListMessagesAsync(UidSet.All, FetchItems.FlagsOnly, None));

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("fetch envelopes of 1:* (100,000)")]
    public Task PlainAllEnvelopes() => Seeded.Plain.Reads.EnvelopesAsync(id, 1, uint.MaxValue);

    [Benchmark]
    [BenchmarkCategory("fetch envelopes of 1:* (100,000)")]
    public Task AllEnvelopes() => EnvelopesAsync(UidSet.All);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("fetch envelopes of 100")]
    public Task PlainEnvelopes() => Seeded.Plain.Reads.EnvelopesAsync(id, 50_001, 50_100);

    [Benchmark]
    [BenchmarkCategory("fetch envelopes of 100")]
    public Task HundredEnvelopes() => EnvelopesAsync(Hundred);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("fetch body of one small message")]
    public Task PlainBody() => Seeded.Plain.Reads.BodiesAsync(id, 50_001, 50_001, Stream.Null);

    [Benchmark]
    [BenchmarkCategory("fetch body of one small message")]
    public Task Body() => BodiesAsync(mailbox, One, Stream.Null);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("fetch bodies of 100 small messages")]
    public Task PlainBodies() => Seeded.Plain.Reads.BodiesAsync(id, 50_001, 50_100, Stream.Null);

    [Benchmark]
    [BenchmarkCategory("fetch bodies of 100 small messages")]
    public Task Bodies() => BodiesAsync(mailbox, Hundred, Stream.Null);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("fetch body of 10 MB")]
    public Task PlainLargeBody() => Seeded.Plain.Reads.LargeBodyAsync(largeId, 1, Stream.Null);

    [Benchmark]
    [BenchmarkCategory("fetch body of 10 MB")]
    public Task LargeBody() => BodiesAsync(large, First, Stream.Null);

    static async Task<int> CountAsync(IAsyncEnumerable<Message> messages)
    {
        var count = 0;
        await foreach (var message in messages)
            count += message.Flags is null ? 0 : 1;
        return count;
    }

    static async Task BodiesAsync(IMailbox mailbox, UidSet uids, Stream destination)
    {
        await foreach (var message in mailbox.ListMessagesAsync(uids, FetchItems.WholeBody, None))
            await message.Sections[0].Content!.CopyToAsync(destination, None);
    }

    async Task<long> EnvelopesAsync(UidSet uids)
    {
        var octets = 0L;
        await foreach (var message in mailbox.ListMessagesAsync(uids, Envelopes, None))
            octets += message.Envelope!.Encoded.Length;
        return octets;
    }
}
