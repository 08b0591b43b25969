using Backend.Benchmarks.Seeding;
using BenchmarkDotNet.Attributes;

namespace Backend.Benchmarks;

/// <summary>STATUS and SELECT of a large mailbox, LIST of many.</summary>
public class StatusBenchmarks : StoreBenchmarks
{
    const StatusItems Items = StatusItems.Messages | StatusItems.UidNext | StatusItems.UidValidity | StatusItems.Unseen | StatusItems.HighestModSeq;

    IMailbox mailbox = null!;
    int id;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        (mailbox, id) = await Seeded.GetAsync("INBOX");
        // The first SELECT takes what is \Recent, which is a write.
        await mailbox.SelectAsync(SelectOptions.ReadWrite, None);
        Agreement.Check((await Seeded.Plain.Reads.SelectAsync(id)).Uids.Count, Seed.Messages);
        Agreement.CheckAll((await Seeded.PlainLister.Reads.ListAsync()).Select(static info => (info.Name, info.Attributes)), (await Seeded.Lister.ListMailboxesAsync(false, None)).Select(static info => (info.Name, info.Attributes)));
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("status")]
    public Task PlainStatus() => Seeded.Plain.Reads.StatusAsync(id);

    [Benchmark]
    [BenchmarkCategory("status")]
    public Task Status() => mailbox.GetStatusAsync(Items, None);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("select, 100,000 messages")]
    public Task PlainSelect() => Seeded.Plain.Reads.SelectAsync(id);

    [Benchmark]
    [BenchmarkCategory("select, 100,000 messages")]
    public Task Select() => mailbox.SelectAsync(SelectOptions.ReadWrite, None);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("list, 1,000 mailboxes")]
    public Task PlainList() => Seeded.PlainLister.Reads.ListAsync();

    [Benchmark]
    [BenchmarkCategory("list, 1,000 mailboxes")]
    public Task List() => Seeded.Lister.ListMailboxesAsync(false, None);
}
