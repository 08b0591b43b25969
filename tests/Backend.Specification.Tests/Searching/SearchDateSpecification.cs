using static Backend.Abstractions.Search.SearchKey;

namespace Backend.Specification.Tests.Searching;

/// <summary>Searches for dates, which disregard time and zone. RFC 9051 §6.4.4; RFC 3501 §6.4.4; RFC 5322 §3.3, §4.3.</summary>
public abstract class SearchDateSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Theory]
    [InlineData("2024-02-29T00:00:00+00:00", "2024-02-29")]
    [InlineData("2024-02-29T23:59:59+00:00", "2024-02-29")]
    [InlineData("2024-02-29T23:30:00-05:00", "2024-02-29")]
    [InlineData("2024-02-29T00:30:00+14:00", "2024-02-29")]
    [InlineData("2023-12-31T23:59:59-12:00", "2023-12-31")]
    [InlineData("1970-01-01T00:00:00+05:45", "1970-01-01")]
    [InlineData("1969-07-20T20:17:00+00:00", "1969-07-20")]
    public virtual async Task The_internal_date_is_the_day_where_it_was_given(string date, string day)
    {
        var box = await InboxAsync();
        await box.CreateMessageAsync(Mail.Of("Dated"), new AppendOptions { InternalDate = DateTimeOffset.Parse(date, CultureInfo.InvariantCulture) });

        await AssertIsOnAsync(box, static (comparison, day) => new InternalDate(comparison, day), DateOnly.Parse(day, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("Thu, 29 Feb 2024 00:00:00 +0000", "2024-02-29")]
    [InlineData("Thu, 29 Feb 2024 23:59:59 -1200", "2024-02-29")]
    [InlineData("Thu, 29 Feb 2024 00:30:00 +1400", "2024-02-29")]
    [InlineData("29 Feb 2024 12:00:00 +0000", "2024-02-29")]
    [InlineData("Thu, 29 Feb 2024 12:00 +0000", "2024-02-29")]
    [InlineData("Thu, 1 Feb 2024 23:30:00 EST", "2024-02-01")]
    [InlineData("Thu, 1 Feb 2024 00:30:00 GMT", "2024-02-01")]
    [InlineData("Thu,  1 Feb 2024 00:30:00 +0000 (a comment)", "2024-02-01")]
    [InlineData("Fri, 21 Nov 97 09:55:06 -0600", "1997-11-21")]
    [InlineData("Sat, 1 Jan 00 00:00:00 +0000", "2000-01-01")]
    public virtual async Task The_sent_date_is_the_day_in_the_date_field(string date, string day)
    {
        var box = await InboxAsync();
        await box.CreateMessageAsync(Mail.With($"Date: {date}\r\nSubject: Dated"), new AppendOptions { InternalDate = new DateTimeOffset(2010, 10, 10, 10, 10, 10, TimeSpan.Zero) });

        await AssertIsOnAsync(box, static (comparison, day) => new SentDate(comparison, day), DateOnly.Parse(day, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("Subject: No date at all")]
    [InlineData("Date:")]
    [InlineData("Date: yesterday at noon")]
    [InlineData("Date: 99 Foo 2024 12:00:00 +0000")]
    [InlineData("X-Date: Thu, 29 Feb 2024 00:00:00 +0000")]
    public virtual async Task A_message_without_a_readable_date_is_sent_on_no_day(string header)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.With(header));

        foreach (var comparison in Enum.GetValues<DateComparison>())
            foreach (var day in (DateOnly[])[DateOnly.MinValue.AddDays(1), new(1970, 1, 1), new(2024, 2, 29), DateOnly.MaxValue.AddDays(-1)])
            {
                Assert.Empty(await box.SearchAsync(new SentDate(comparison, day)));
                Assert.Equal([uid], await box.SearchAsync(new Not(new SentDate(comparison, day))));
            }
    }

    [Fact]
    public virtual async Task The_two_dates_are_not_mixed_up()
    {
        var box = await InboxAsync();
        var uid = (await box.CreateMessageAsync(
            Mail.With("Date: Tue, 1 Jan 2008 12:00:00 +0000"),
            new AppendOptions { InternalDate = new DateTimeOffset(2024, 2, 29, 0, 0, 0, TimeSpan.Zero) })).Uid;

        Assert.Equal([uid], await box.SearchAsync(new And(new SentDate(DateComparison.Before, new DateOnly(2009, 1, 1)), new InternalDate(DateComparison.Since, new DateOnly(2024, 2, 29)))));
        Assert.Empty(await box.SearchAsync(new SentDate(DateComparison.Since, new DateOnly(2009, 1, 1))));
        Assert.Empty(await box.SearchAsync(new InternalDate(DateComparison.Before, new DateOnly(2009, 1, 1))));
    }

    [Fact]
    public virtual async Task A_copy_has_the_dates_of_the_original()
    {
        var box = await User.CreateAsync("a");
        var date = new DateTimeOffset(2001, 2, 3, 23, 30, 0, TimeSpan.FromHours(-8));
        await (await InboxAsync()).CreateMessageAsync(Mail.With("Date: Sat, 3 Feb 2001 04:05:06 +0000"), new AppendOptions { InternalDate = date });
        await (await InboxAsync()).CopyAsync(UidSet.All, "a");

        Assert.Single(await box.SearchAsync(new InternalDate(DateComparison.On, new DateOnly(2001, 2, 3))));
        Assert.Single(await box.SearchAsync(new SentDate(DateComparison.On, new DateOnly(2001, 2, 3))));
    }

    [Theory]
    [InlineData("2024-02-29T00:00:00Z")]
    [InlineData("2024-02-29T23:59:59Z")]
    [InlineData("1999-12-31T12:00:00Z")]
    public virtual async Task The_save_date_is_the_day_in_UTC_on_which_a_message_came_into_this_mailbox(string saved)
    {
        var now = Fixture.Clock.Now = DateTimeOffset.Parse(saved, CultureInfo.InvariantCulture);
        var (box, other) = (await InboxAsync(), await User.CreateAsync("a"));
        await box.CreateMessageAsync(Mail.Of("Saved"), new AppendOptions { InternalDate = new DateTimeOffset(2010, 10, 10, 10, 10, 10, TimeSpan.Zero) });
        Fixture.Clock.Advance(TimeSpan.FromDays(3));
        await box.CopyAsync(UidSet.All, "a");
        await box.StoreAsync(UidSet.All, FlagsOperation.Add, Flag.Seen);

        await AssertIsOnAsync(box, static (comparison, day) => new SaveDate(comparison, day), DateOnly.FromDateTime(now.UtcDateTime));
        await AssertIsOnAsync(other, static (comparison, day) => new SaveDate(comparison, day), DateOnly.FromDateTime(now.UtcDateTime).AddDays(3));
    }

    /// <summary>To the second, by the store's clock; a message that is as old as it is asked for is both. RFC 5032 §2.</summary>
    [Fact]
    public virtual async Task The_age_of_a_message_is_told_by_its_internal_date()
    {
        Fixture.Clock.Now = new DateTimeOffset(2024, 3, 1, 12, 0, 0, 700, TimeSpan.Zero);
        var box = await InboxAsync();
        foreach (var date in (string[])["2024-03-01T11:00:00Z", "2024-03-01T20:59:00+10:00", "2024-03-01T12:00:01Z", "1969-07-20T20:17:00Z"])
            await box.CreateMessageAsync(Mail.Of("Dated"), new AppendOptions { InternalDate = DateTimeOffset.Parse(date, CultureInfo.InvariantCulture) });

        Assert.Equal("1 3", await FoundAsync(new Younger(3600)));
        Assert.Equal("3", await FoundAsync(new Younger(3599)));
        Assert.Equal("1 2 4", await FoundAsync(new Older(3600)));
        Assert.Equal("2 4", await FoundAsync(new Older(3601)));
        Assert.Equal("1", await FoundAsync(new And(new Older(3600), new Younger(3600))));
        Assert.Equal("1 2 3 4", await FoundAsync(new Younger(uint.MaxValue)));
        Assert.Equal("", await FoundAsync(new Older(uint.MaxValue)));
        Fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("3", await FoundAsync(new Younger(3600)));

        async Task<string> FoundAsync(SearchKey key) => string.Join(' ', await box.SearchAsync(key));
    }

    /// <summary>That BEFORE, ON and SINCE say of the day before, of the day and of the day after what they must: SINCE has its own day. PITFALLS 2, item 6.</summary>
    static async Task AssertIsOnAsync(IMailbox box, Func<DateComparison, DateOnly, SearchKey> key, DateOnly day)
    {
        var (before, on, since) = (DateComparison.Before, DateComparison.On, DateComparison.Since);
        Assert.Equal(
            [(false, false, true), (false, true, true), (true, false, false)],
            [await FoundAsync(day.AddDays(-1)), await FoundAsync(day), await FoundAsync(day.AddDays(1))]);

        async Task<(bool Before, bool On, bool Since)> FoundAsync(DateOnly other) => (
            (await box.SearchAsync(key(before, other))).Length == 1,
            (await box.SearchAsync(key(on, other))).Length == 1,
            (await box.SearchAsync(key(since, other))).Length == 1);
    }
}
