using Backend.Benchmarks.Plain;
using Backend.Benchmarks.Seeding;
using BenchmarkDotNet.Attributes;

namespace Backend.Benchmarks;

/// <summary>APPEND, from octets in memory to the commit: parsing is on both sides.</summary>
public class AppendBenchmarks : WriteBenchmarks
{
    /// <summary>Messages that several writers append together.</summary>
    const int Messages = 256;

    const int ManyMailboxes = 32;

    static readonly byte[][] Mail = [.. Enumerable.Range(0, Messages).Select(static i => Seed.Mail.Make(1_000_000 + i))];

    readonly IMailbox[] mailboxes = new IMailbox[ManyMailboxes];
    readonly int[] plainIds = new int[ManyMailboxes];
    int next;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        for (var i = 0; i < ManyMailboxes; i++)
        {
            mailboxes[i] = (await Seeded.CreateAsync()).Mailbox;
            plainIds[i] = (await Seeded.CreateAsync()).Id;
        }
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("append")]
    public async Task PlainAppend() => await Seeded.Plain.AppendAsync([await ParseAsync(next++, plainIds[0])]);

    [Benchmark]
    [BenchmarkCategory("append")]
    public Task Append() => AppendAsync(next++, mailboxes[0]);

    [Benchmark(Baseline = true, OperationsPerInvoke = Messages)]
    [BenchmarkCategory("append, 8 writers on one mailbox")]
    public Task PlainEight() => PlainTogetherAsync(8, 1);

    [Benchmark(OperationsPerInvoke = Messages)]
    [BenchmarkCategory("append, 8 writers on one mailbox")]
    public Task Eight() => TogetherAsync(8, 1);

    [Benchmark(Baseline = true, OperationsPerInvoke = Messages)]
    [BenchmarkCategory("append, 32 writers on one mailbox")]
    public Task PlainThirtyTwo() => PlainTogetherAsync(32, 1);

    [Benchmark(OperationsPerInvoke = Messages)]
    [BenchmarkCategory("append, 32 writers on one mailbox")]
    public Task ThirtyTwo() => TogetherAsync(32, 1);

    [Benchmark(Baseline = true, OperationsPerInvoke = Messages)]
    [BenchmarkCategory("append, 8 writers on 8 mailboxes")]
    public Task PlainEightApart() => PlainTogetherAsync(8, 8);

    [Benchmark(OperationsPerInvoke = Messages)]
    [BenchmarkCategory("append, 8 writers on 8 mailboxes")]
    public Task EightApart() => TogetherAsync(8, 8);

    [Benchmark(Baseline = true, OperationsPerInvoke = Messages)]
    [BenchmarkCategory("append, 32 writers on 32 mailboxes")]
    public Task PlainThirtyTwoApart() => PlainTogetherAsync(32, 32);

    [Benchmark(OperationsPerInvoke = Messages)]
    [BenchmarkCategory("append, 32 writers on 32 mailboxes")]
    public Task ThirtyTwoApart() => TogetherAsync(32, 32);

    /// <summary>Each writer waits for its answer before it sends the next message.</summary>
    Task TogetherAsync(int writers, int targets) => Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
    {
        for (var i = writer; i < Messages; i += writers)
            await AppendAsync(i, mailboxes[writer % targets]);
    })));

    /// <summary>As many as there are writers can wait at a time, so no transaction can have more.</summary>
    async Task PlainTogetherAsync(int writers, int targets)
    {
        for (var first = 0; first < Messages; first += writers)
        {
            var start = first;
            await Seeded.Plain.AppendAsync(await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => ParseAsync(start + writer, plainIds[writer % targets])))));
        }
    }

    static async Task AppendAsync(int number, IMailbox mailbox)
    {
        using var stream = new MemoryStream(Mail[number % Messages]);
        await mailbox.CreateMessageAsync(stream, AppendOptions.Default, None);
    }

    static async Task<PlainMessage> ParseAsync(int number, int mailboxId) =>
        await PlainMessage.ParseAsync(Mail[number % Messages], FlagSet.Empty, TimeProvider.System.GetUtcNow()) with { MailboxId = mailboxId };
}
