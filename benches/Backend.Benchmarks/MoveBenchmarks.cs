using BenchmarkDotNet.Attributes;

namespace Backend.Benchmarks;

/// <summary>MOVE to a mailbox and, the next time, back.</summary>
public class MoveBenchmarks : WriteBenchmarks
{
    const int Messages = 10_000;

    (IMoveMailbox Mailbox, int Id) from;
    (IMoveMailbox Mailbox, int Id) to;
    UidSet all = UidSet.Between(new Uid(1), new Uid(Messages));
    UidSet one = UidSet.Of(new Uid(Messages / 2));

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        from = await Seeded.CreateAsync(Messages);
        to = await Seeded.CreateAsync();
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("move one message")]
    public async Task PlainOne() => one = await PlainAsync(one);

    [Benchmark]
    [BenchmarkCategory("move one message")]
    public async Task MoveOne() => one = await MoveAsync(one);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("move 10,000 messages")]
    public async Task PlainMany() => all = await PlainAsync(all);

    [Benchmark]
    [BenchmarkCategory("move 10,000 messages")]
    public async Task MoveMany() => all = await MoveAsync(all);

    async Task<UidSet> PlainAsync(UidSet uids)
    {
        var moved = await Seeded.Plain.Copies.MoveAsync(from.Id, to.Mailbox.Name.Value, uids.Ranges[0].First, uids.Ranges[0].Last);
        (from, to) = (to, from);
        return moved.Destination;
    }

    async Task<UidSet> MoveAsync(UidSet uids)
    {
        var moved = await from.Mailbox.MoveMessagesAsync(uids, to.Mailbox.Name, None);
        (from, to) = (to, from);
        return moved.Copied.Destination;
    }
}
