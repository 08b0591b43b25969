using CsCheck;
using static Backend.Abstractions.Search.SearchKey;

namespace Backend.Specification.Tests.Models;

/// <summary>Random search keys, and what they find among a few messages, by the words of SearchKey.</summary>
static class SearchModel
{
    static readonly Flag[] Flags = [Flag.Seen, Flag.Deleted, Flag.Flagged, Flag.Parse("$Work"), Flag.Parse("Unused")];
    static readonly string[] Words = ["apple", "pear", "PLUM", "le pe", "herr", "ubje", "r", "zz", ""];
    static readonly string[] Fields = ["Subject", "X-Fruit", "From", "Missing"];
    static readonly DateOnly FirstDay = new(2024, 2, 27);

    static readonly Gen<SearchKey> Leaf = Gen.OneOf(
        Gen.OneOf(Flags).Select(static flag => (SearchKey)new HasFlag(flag)),
        Gen.OneOf(Words).Select(static word => (SearchKey)new Body(word)),
        Gen.OneOf(Words).Select(static word => (SearchKey)new Text(word)),
        Gen.Select(Gen.OneOf(Fields), Gen.OneOf(Words), static (field, word) => (SearchKey)new Header(field, word)),
        Gen.Select(Gen.UInt[1, 14], Gen.UInt[0, 14], static (first, last) => (SearchKey)new Uids(UidSet.FromRanges([new NumberRange(first, last)]))),
        Gen.Select(Gen.UInt[1, 12], Gen.UInt[0, 12], static (first, last) => (SearchKey)new Sequence(SequenceSet.Parse(new NumberRange(first, last).ToString()))),
        Gen.Select(Gen.Enum<DateComparison>(), Gen.Int[0, 5], static (comparison, day) => (SearchKey)new InternalDate(comparison, FirstDay.AddDays(day))),
        Gen.Select(Gen.Enum<DateComparison>(), Gen.Int[0, 5], static (comparison, day) => (SearchKey)new SentDate(comparison, FirstDay.AddDays(day))),
        Gen.Select(Gen.Enum<DateComparison>(), Gen.Int[0, 5], static (comparison, day) => (SearchKey)new SaveDate(comparison, FirstDay.AddDays(day))),
        Gen.UInt[0, 6 * 24].Select(static hours => (SearchKey)new Younger(hours * 3600)),
        Gen.UInt[0, 6 * 24].Select(static hours => (SearchKey)new Older(hours * 3600)),
        Gen.Long[100, 400].Select(static size => (SearchKey)new Larger(size)),
        Gen.Long[100, 400].Select(static size => (SearchKey)new Smaller(size)),
        Gen.Const<SearchKey>(new All()));

    public static Gen<SearchKey> AnyKey { get; } = Nested(Leaf);

    /// <summary>Such keys, and for the modification sequences of these messages, which are each store's own.</summary>
    public static Gen<SearchKey> AnyKeyFor(SearchModelMessage[] messages) => Nested(Gen.Frequency(
        (12, Leaf),
        (1, Gen.Select(Gen.OneOf(messages), Gen.Long[0, 1], static (message, more) => (SearchKey)new ChangedFrom(new ModSeq(message.ModSeq.Value + more))))));

    static Gen<SearchKey> Nested(Gen<SearchKey> leaf) => Gen.Recursive<SearchKey>((depth, inner) => depth == 5
        ? leaf
        : Gen.Frequency(
            (3, leaf),
            (2, inner.Select(static key => (SearchKey)new Not(key))),
            (2, inner.Array[0, 3].Select(static keys => (SearchKey)new And([.. keys]))),
            (2, Gen.Select(inner, inner, static (left, right) => (SearchKey)new Or(left, right)))));

    /// <summary>Appends twelve messages that differ in everything that keys ask for.</summary>
    /// <param name="mailbox">Where.</param>
    /// <param name="clock">The store's clock. A day passes after every fourth.</param>
    /// <param name="before">What to do before each; it is told how many there are.</param>
    public static async Task<SearchModelMessage[]> FillAsync(IMailbox mailbox, TestClock clock, Func<int, Task>? before = null)
    {
        clock.Now = new DateTimeOffset(FirstDay, new TimeOnly(12, 34, 56), TimeSpan.Zero);
        var messages = new SearchModelMessage[12];
        for (var i = 0; i < messages.Length; i++)
        {
            var number = i;
            if (before is not null)
                await before(i);
            var flags = FlagSet.Of(Flags[..4].Where((_, bit) => ((number * 5) & (1 << bit)) != 0));
            var subject = $"{(i % 2 == 0 ? "Apple" : "Quince")} {(i % 3 == 0 ? "pears" : "figs")}";
            var body = string.Concat(Enumerable.Repeat(i % 4 == 0 ? "plum " : "cherry ", i + 1)).TrimEnd();
            var (date, sent) = (FirstDay.AddDays(i % 5), FirstDay.AddDays(i % 4));
            var header = $"Subject: {subject}\r\nDate: {(i % 6 == 5 ? "never" : sent.ToString("d MMM yyyy", CultureInfo.InvariantCulture) + " 23:59:59 -1100")}{(i % 3 == 1 ? "\r\nX-Fruit: a pear" : "")}";
            var octets = Mail.With(header, body);
            var arrived = new DateTimeOffset(date, new TimeOnly(0, 34, 56), TimeSpan.FromHours(13));
            var uid = (await mailbox.CreateMessageAsync(octets, new AppendOptions { Flags = flags, InternalDate = arrived })).Uid;
            var modSeq = await mailbox.ModSeqAsync(uid);
            messages[i] = new SearchModelMessage(uid, i + 1, flags, header, subject, i % 3 == 1 ? "a pear" : null, body, date, i % 6 == 5 ? null : sent, octets.Length, arrived, clock.Now, modSeq);
            if (i % 4 == 3)
                clock.Advance(TimeSpan.FromDays(1));
        }

        return messages;
    }

    public static Uid[] Find(SearchModelMessage[] messages, SearchKey key, DateTimeOffset now) =>
        [.. messages.Where(message => Matches(messages, message, key, now)).Select(static message => message.Uid)];

    public static string Print(SearchKey key) => key switch
    {
        And and => $"({string.Join(' ', and.Keys.Select(Print))})",
        Or or => $"OR {Print(or.Left)} {Print(or.Right)}",
        Not not => $"NOT {Print(not.Key)}",
        _ => key.ToString(),
    };

    static bool Matches(SearchModelMessage[] messages, SearchModelMessage message, SearchKey key, DateTimeOffset now) => key switch
    {
        All => true,
        HasFlag flag => message.Flags.Contains(flag.Flag),
        Body body => Has(message.Body, body.Value),
        Text text => Has(message.Header, text.Value) || Has(message.Body, text.Value),
        Header header => (header.Field switch { "Subject" => message.Subject, "X-Fruit" => message.Fruit, _ => null }) is { } value && Has(value, header.Value),
        Uids uids => uids.Set.Contains(message.Uid, messages[^1].Uid),
        Sequence sequence => sequence.Set.Contains((uint)message.Number, (uint)messages.Length),
        InternalDate date => Compares(message.Date, date.Comparison, date.Day),
        SentDate date => message.Sent is { } sent && Compares(sent, date.Comparison, date.Day),
        SaveDate date => Compares(DateOnly.FromDateTime(message.Saved.UtcDateTime), date.Comparison, date.Day),
        Younger younger => now - message.Arrived <= TimeSpan.FromSeconds(younger.Seconds),
        Older older => now - message.Arrived >= TimeSpan.FromSeconds(older.Seconds),
        ChangedFrom changed => message.ModSeq >= changed.Lowest,
        Larger larger => message.Size > larger.Octets,
        Smaller smaller => message.Size < smaller.Octets,
        Not not => !Matches(messages, message, not.Key, now),
        And and => and.Keys.All(each => Matches(messages, message, each, now)),
        Or or => Matches(messages, message, or.Left, now) || Matches(messages, message, or.Right, now),
        _ => throw new NotSupportedException($"{key} is not in the model."),
    };

    static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    static bool Compares(DateOnly date, DateComparison comparison, DateOnly day) => comparison switch
    {
        DateComparison.Before => date < day,
        DateComparison.On => date == day,
        _ => date >= day,
    };
}
