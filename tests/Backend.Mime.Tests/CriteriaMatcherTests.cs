using CsCheck;

namespace Backend.Mime.Tests;

/// <summary>Each search key against one message. RFC 9051 §6.4.4.</summary>
public sealed class CriteriaMatcherTests
{
    const string Message = """
        Date: Mon, 3 Feb 2020 23:30:00 -0800
        From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>
        To: a@example.org
        Cc: c@example.org
        Subject: Straw berries
        X-Empty:
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: base64

        R3LDvMOfZSBhdXMgV2llbg==
        --b
        Content-Type: application/pdf; name="menu.pdf"

        hidden
        --b--

        """;

    static readonly DateOnly Day = new(2020, 2, 3);

    public static TheoryData<string, SearchKey, bool> Keys => new()
    {
        { "all", new SearchKey.All(), true },
        { "its number", new SearchKey.Sequence(SequenceSet.Parse("2:3")), true },
        { "another number", new SearchKey.Sequence(SequenceSet.Parse("1,4:5")), false },
        { "the highest number", new SearchKey.Sequence(SequenceSet.Parse("*")), false },
        { "from a number to the highest", new SearchKey.Sequence(SequenceSet.Parse("*:3")), true },
        { "its UID", new SearchKey.Uids(UidSet.Parse("30")), true },
        { "another UID", new SearchKey.Uids(UidSet.Parse("3,31:*")), false },
        { "a UID above all and the highest", new SearchKey.Uids(UidSet.Parse("999:*")), false },
        { "its flag", new SearchKey.HasFlag(Flag.Seen), true },
        { "its keyword in another case", new SearchKey.HasFlag(Flag.Parse("$WORK")), true },
        { "another flag", new SearchKey.HasFlag(Flag.Deleted), false },
        { "arrived before", new SearchKey.InternalDate(DateComparison.Before, new DateOnly(2020, 2, 5)), true },
        { "arrived before its day", new SearchKey.InternalDate(DateComparison.Before, new DateOnly(2020, 2, 4)), false },
        { "arrived on", new SearchKey.InternalDate(DateComparison.On, new DateOnly(2020, 2, 4)), true },
        { "arrived on the day that it was elsewhere", new SearchKey.InternalDate(DateComparison.On, new DateOnly(2020, 2, 3)), false },
        { "arrived since its day", new SearchKey.InternalDate(DateComparison.Since, new DateOnly(2020, 2, 4)), true },
        { "arrived since the next", new SearchKey.InternalDate(DateComparison.Since, new DateOnly(2020, 2, 5)), false },
        { "saved on its day in UTC", new SearchKey.SaveDate(DateComparison.On, new DateOnly(2020, 2, 6)), true },
        { "saved on its day elsewhere", new SearchKey.SaveDate(DateComparison.On, new DateOnly(2020, 2, 7)), false },
        { "saved before its day", new SearchKey.SaveDate(DateComparison.Before, new DateOnly(2020, 2, 6)), false },
        { "saved since its day", new SearchKey.SaveDate(DateComparison.Since, new DateOnly(2020, 2, 6)), true },
        { "as young as it is", new SearchKey.Younger(3600), true },
        { "younger than it is", new SearchKey.Younger(3599), false },
        { "as old as it is", new SearchKey.Older(3600), true },
        { "older than it is", new SearchKey.Older(3601), false },
        { "its modification sequence", new SearchKey.ChangedFrom(new ModSeq(70)), true },
        { "a later modification sequence", new SearchKey.ChangedFrom(new ModSeq(71)), false },
        { "sent on its own day", new SearchKey.SentDate(DateComparison.On, Day), true },
        { "sent on the day in UTC", new SearchKey.SentDate(DateComparison.On, Day.AddDays(1)), false },
        { "sent before", new SearchKey.SentDate(DateComparison.Before, Day), false },
        { "sent since", new SearchKey.SentDate(DateComparison.Since, Day), true },
        { "from, decoded", new SearchKey.Header("FROM", "JÜRGEN"), true },
        { "from, with a combining accent", new SearchKey.Header("from", "ju\u0308rgen"), true },
        { "from, without the accent", new SearchKey.Header("from", "jurgen <"), false },
        { "the subject", new SearchKey.Header("Subject", "STRAW b"), true },
        { "another subject", new SearchKey.Header("Subject", "strawberries"), false },
        { "text of another field", new SearchKey.Header("Subject", "example"), false },
        { "a field across lines", new SearchKey.Header("To", "a@example.org\nCC"), false },
        { "a field that is there", new SearchKey.Header("X-Empty", ""), true },
        { "a field that is not there", new SearchKey.Header("X-None", ""), false },
        { "the end of a field's name", new SearchKey.Header("Empty", ""), false },
        { "a field of a part", new SearchKey.Header("Content-Transfer-Encoding", ""), false },
        { "the body", new SearchKey.Body("GRÜSSE"), false },
        { "the body, decoded", new SearchKey.Body("grüße AUS"), true },
        { "a header, in the body", new SearchKey.Body("straw"), false },
        { "what is no text", new SearchKey.Body("hidden"), false },
        { "nothing, in the body", new SearchKey.Body(""), true },
        { "the header, as text", new SearchKey.Text("straw"), true },
        { "the body, as text", new SearchKey.Text("wien"), true },
        { "a part's name, as text", new SearchKey.Text("MENU.pdf"), true },
        { "none, as text", new SearchKey.Text("salzburg"), false },
        { "larger than less", new SearchKey.Larger(99), true },
        { "larger than it", new SearchKey.Larger(100), false },
        { "smaller than more", new SearchKey.Smaller(101), true },
        { "smaller than it", new SearchKey.Smaller(100), false },
        { "not", new SearchKey.Not(new SearchKey.All()), false },
        { "and of none", new SearchKey.And(), true },
        { "and", new SearchKey.And(new SearchKey.All(), new SearchKey.Larger(1000)), false },
        { "or", new SearchKey.Or(new SearchKey.Larger(1000), new SearchKey.All()), true },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_key_finds_the_message_or_does_not(string what, SearchKey key, bool expected)
    {
        var candidate = await CandidateAsync();

        Assert.True(expected == await CriteriaMatcher.MatchesAsync(key, candidate, TestContext.Current.CancellationToken), what);
    }

    [Fact]
    public async Task A_message_without_a_readable_date_was_never_sent()
    {
        var candidate = await CandidateAsync() with { SentDate = null };

        foreach (var comparison in Enum.GetValues<DateComparison>())
            Assert.False(await CriteriaMatcher.MatchesAsync(new SearchKey.SentDate(comparison, Day), candidate, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("rare words")]
    [InlineData("common words")]
    public async Task Where_the_texts_are_cut_the_message_decides(string needle)
    {
        var octets = Mail.Octets($"Subject: x\nContent-Type: text/plain\n\ncommon words{new string('x', FoldedText.MaxBodyLength)} rare words\n");
        var parsed = await Mail.ParseAsync(octets);
        var candidate = await CandidateAsync() with { Text = parsed.Text, OpenAsync = _ => ValueTask.FromResult<Stream>(new MemoryStream(octets)) };
        Assert.False(parsed.Text.IsComplete);

        Assert.True(await CriteriaMatcher.MatchesAsync(new SearchKey.Body(needle), candidate, TestContext.Current.CancellationToken));
        Assert.True(await CriteriaMatcher.MatchesAsync(new SearchKey.Text(needle), candidate, TestContext.Current.CancellationToken));
        Assert.False(await CriteriaMatcher.MatchesAsync(new SearchKey.Body("subject"), candidate, TestContext.Current.CancellationToken));
        Assert.True(await CriteriaMatcher.MatchesAsync(new SearchKey.Text("subject"), candidate, TestContext.Current.CancellationToken));
        Assert.False(await CriteriaMatcher.MatchesAsync(new SearchKey.Text(needle + "!"), candidate, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Where_the_header_is_cut_the_message_decides()
    {
        var octets = Mail.Octets($"X-A: {new string('x', 400_000)}\nX-B: {new string('x', 400_000)}\nX-C: {new string('x', 400_000)}\nX-Last: Found\n\n");
        var parsed = await Mail.ParseAsync(octets);
        var candidate = await CandidateAsync() with { Text = parsed.Text, OpenAsync = _ => ValueTask.FromResult<Stream>(new MemoryStream(octets)) };

        Assert.True(await CriteriaMatcher.MatchesAsync(new SearchKey.Header("x-last", "fOUND"), candidate, TestContext.Current.CancellationToken));
        Assert.True(await CriteriaMatcher.MatchesAsync(new SearchKey.Header("x-last", ""), candidate, TestContext.Current.CancellationToken));
        Assert.False(await CriteriaMatcher.MatchesAsync(new SearchKey.Header("x-last", "lost"), candidate, TestContext.Current.CancellationToken));
        Assert.True(await CriteriaMatcher.MatchesAsync(new SearchKey.Text("found"), candidate, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task And_or_and_not_are_those_of_logic()
    {
        var candidate = await CandidateAsync();
        await Gen.Select(Any, Any).SampleAsync(async (left, right) =>
        {
            var (isLeft, isRight) = (await Matches(left), await Matches(right));
            Assert.Equal(isLeft && isRight, await Matches(new SearchKey.And(left, right)));
            Assert.Equal(isLeft || isRight, await Matches(new SearchKey.Or(left, right)));
            Assert.Equal(!isLeft, await Matches(new SearchKey.Not(left)));
            Assert.Equal(
                await Matches(new SearchKey.Not(new SearchKey.And(left, right))),
                await Matches(new SearchKey.Or(new SearchKey.Not(left), new SearchKey.Not(right))));
        });

        Task<bool> Matches(SearchKey key) => CriteriaMatcher.MatchesAsync(key, candidate, CancellationToken.None).AsTask();
    }

    static Gen<SearchKey> Any => Gen.OneOf([.. Keys.Select(static row => row.Data.Item2)]);

    static async Task<SearchCandidate> CandidateAsync()
    {
        var parsed = await Mail.ParseAsync(Message);
        return new SearchCandidate
        {
            Uid = new Uid(30),
            SequenceNumber = new SequenceNumber(3),
            HighestUid = new Uid(50),
            HighestSequenceNumber = new SequenceNumber(5),
            Flags = FlagSet.Of(Flag.Seen, Flag.Parse("$Work")),
            InternalDate = new DateTimeOffset(2020, 2, 4, 1, 0, 0, TimeSpan.FromHours(9)),
            SaveDate = new DateTimeOffset(2020, 2, 7, 1, 0, 0, TimeSpan.FromHours(9)),
            ModSeq = new ModSeq(70),
            Now = new DateTimeOffset(2020, 2, 3, 17, 0, 0, TimeSpan.Zero).AddMilliseconds(900),
            Size = 100,
            SentDate = parsed.SentDate,
            Text = parsed.Text,
            OpenAsync = static _ => throw new InvalidOperationException("The texts are whole: there is no need to read the message."),
        };
    }
}
