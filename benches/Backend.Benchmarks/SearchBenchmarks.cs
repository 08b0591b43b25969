using Backend.Benchmarks.Plain;
using Backend.Benchmarks.Seeding;
using Backend.Mime;
using BenchmarkDotNet.Attributes;

namespace Backend.Benchmarks;

/// <summary>SEARCH of each kind.</summary>
public class SearchBenchmarks : StoreBenchmarks
{
    const long SeenBit = 8;
    const int LargeOctets = 10_000;

    static readonly SearchKey Unseen = new SearchKey.Not(new SearchKey.HasFlag(Flag.Seen));
    static readonly DateOnly Day = new(2025, 1, 1);

    IMailbox mailbox = null!;
    SearchCriteria criteria = SearchCriteria.All;
    Func<Task<UidSet>> plain = null!;

    [ParamsAllValues]
    public SearchKind Kind { get; set; }

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        (mailbox, var id) = await Seeded.GetAsync("INBOX");
        criteria = new SearchCriteria(KeyOf(Kind));
        plain = () => PlainAsync(Seeded.Plain.Search, id);
        Agreement.Check(await plain(), await mailbox.SearchMessagesAsync(criteria, None));
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("search")]
    public Task<UidSet> Plain() => plain();

    [Benchmark]
    [BenchmarkCategory("search")]
    public Task<UidSet> Search() => mailbox.SearchMessagesAsync(criteria, None);

    static SearchKey KeyOf(SearchKind kind) => kind switch
    {
        SearchKind.Unseen => Unseen,
        SearchKind.Uids => new SearchKey.Uids(UidSet.Parse("1000:2000,50000:50100")),
        SearchKind.Since => new SearchKey.InternalDate(DateComparison.Since, Day),
        SearchKind.Larger => new SearchKey.Larger(LargeOctets),
        SearchKind.Subject => new SearchKey.Header("Subject", Vocabulary.Common),
        SearchKind.From => new SearchKey.Header("From", "person77@"),
        SearchKind.Header => new SearchKey.Header("User-Agent", "Evolution"),
        SearchKind.BodyRare => new SearchKey.Body(Vocabulary.Rare),
        SearchKind.BodyCommon => new SearchKey.Body(Vocabulary.Common),
        SearchKind.Text => new SearchKey.Text(Vocabulary.Rare),
        _ => new SearchKey.And(Unseen, new SearchKey.Or(new SearchKey.Header("Subject", Vocabulary.Common), new SearchKey.Header("From", "person77@"))),
    };

    Task<UidSet> PlainAsync(PlainSearch search, int id) => Kind switch
    {
        SearchKind.Unseen => search.WithoutAsync(id, SeenBit),
        SearchKind.Uids => search.UidsAsync(id, 1000, 2000, 50_000, 50_100),
        SearchKind.Since => search.SinceAsync(id, new DateTimeOffset(Day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds()),
        SearchKind.Larger => search.LargerAsync(id, LargeOctets),
        SearchKind.Subject => search.ContentAsync(id, "subject", CaseMap.Fold(Vocabulary.Common)),
        SearchKind.From => search.ContentAsync(id, "\"from\"", CaseMap.Fold("person77@")),
        SearchKind.Header => search.HeaderAsync(id, $"\n{CaseMap.Fold("User-Agent")}:{CaseMap.Fold("Evolution")}"),
        SearchKind.BodyRare => search.BodyAsync(id, CaseMap.Fold(Vocabulary.Rare)),
        SearchKind.BodyCommon => search.BodyAsync(id, CaseMap.Fold(Vocabulary.Common)),
        SearchKind.Text => search.TextAsync(id, CaseMap.Fold(Vocabulary.Rare)),
        _ => search.MixedAsync(id, SeenBit, CaseMap.Fold(Vocabulary.Common), CaseMap.Fold("person77@")),
    };
}
