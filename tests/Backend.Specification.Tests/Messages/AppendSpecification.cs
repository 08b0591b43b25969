namespace Backend.Specification.Tests.Messages;

/// <summary>IMailbox.CreateMessageAsync. RFC 9051 §6.3.12; RFC 3501 §6.3.11; RFC 4315 §3.</summary>
public abstract class AppendSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    const FetchAttributes Attributes = FetchAttributes.Flags | FetchAttributes.InternalDate | FetchAttributes.Size;

    /// <summary>The octets are written as Latin-1 in <see cref="OddMessages.AsLatin1"/>.</summary>
    [Theory]
    [MemberData(nameof(OddMessages.AsLatin1), MemberType = typeof(OddMessages))]
    public virtual async Task Every_octet_comes_back_whatever_it_is(string latin1)
    {
        var message = Encoding.Latin1.GetBytes(latin1);
        var box = await InboxAsync();

        var uid = await box.AppendAsync(message);

        Assert.Equal(message, await box.BodyAsync(uid));
        var listed = await box.FetchAsync(uid, FetchAttributes.Size | FetchAttributes.Envelope | FetchAttributes.BodyStructure);
        Assert.Equal(message.Length, listed.Size);
        Assert.NotNull(listed.Message.Envelope!.Fields);
        Assert.NotNull(listed.Message.BodyStructure!.Root);
    }

    [Fact]
    public virtual async Task Every_value_of_an_octet_comes_back()
    {
        var message = Enumerable.Range(0, 65536).Select(static i => (byte)((i / 256) ^ (i * 7))).ToArray();
        var box = await InboxAsync();

        Assert.Equal(message, await box.BodyAsync(await box.AppendAsync(message)));
    }

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(262_143)]
    [InlineData(262_144)]
    [InlineData(262_145)]
    [InlineData(1_048_576)]
    [InlineData(10_485_761)]
    public virtual async Task A_message_of_any_size_comes_back(int size)
    {
        var message = Mail.OfSize(size);
        var box = await InboxAsync();

        var uid = await box.AppendAsync(message);

        var body = await box.BodyAsync(uid);
        Assert.True(message.AsSpan().SequenceEqual(body));
        Assert.Equal(size, (await box.FetchAsync(uid, FetchAttributes.Size)).Size);
    }

    [Fact]
    public virtual async Task A_message_larger_than_the_limit_is_refused()
    {
        Assert.SkipUnless(Fixture.MaxMessageSize is not null, "This store has no limit.");
        var limit = checked((int)Fixture.MaxMessageSize!.Value);
        var box = await InboxAsync();

        await RefusedWithoutAnyChangeAsync(BackendError.TooBig, () => box.AppendAsync(Mail.OfSize(limit + 1)));
        await box.AppendAsync(Mail.OfSize(limit));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public virtual async Task The_stream_is_read_asynchronously_to_its_end_and_not_closed(int atATime)
    {
        var message = Mail.OfSize(10_000);
        var stream = new OddStream(message, atATime);
        var box = await InboxAsync();

        var appended = await box.CreateMessageAsync(stream, AppendOptions.Default, Token);

        Assert.Equal(message, await box.BodyAsync(appended.Uid));
        Assert.False(stream.IsClosed);
    }

    [Fact]
    public virtual async Task The_stream_is_read_from_where_it_stands()
    {
        var message = Mail.Of("From the middle");
        var stream = new MemoryStream([1, 2, 3, .. message]) { Position = 3 };
        var box = await InboxAsync();

        var appended = await box.CreateMessageAsync(stream, AppendOptions.Default, Token);

        Assert.Equal(message, await box.BodyAsync(appended.Uid));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public virtual async Task When_the_stream_fails_nothing_is_stored_and_its_exception_comes_out(int after)
    {
        var box = await InboxAsync();
        await box.AppendAsync("There before");
        var before = await Snapshot.OfAsync(User);
        var failure = new EndOfStreamException("The client is gone.");

        var thrown = await Assert.ThrowsAsync<EndOfStreamException>(
            () => box.CreateMessageAsync(new OddStream(Mail.OfSize(after), 5000, failure), AppendOptions.Default, Token));

        Assert.Same(failure, thrown);
        Assert.Equal(before, await Snapshot.OfAsync(User));
        await box.AppendAsync("And after");
    }

    [Fact]
    public virtual async Task An_append_given_up_while_the_stream_is_read_stores_nothing()
    {
        var box = await InboxAsync();
        var before = await Snapshot.OfAsync(User);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var stream = new OddStream(Mail.OfSize(1000), 100, new OperationCanceledException(source.Token));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => box.CreateMessageAsync(stream, AppendOptions.Default, source.Token));

        Assert.Equal(before, await Snapshot.OfAsync(User));
    }

    [Fact]
    public virtual async Task The_answer_says_where_the_message_is()
    {
        var box = await User.CreateAsync("a");
        var next = (await box.StatusAsync()).UidNext!.Value;

        var appended = await box.CreateMessageAsync(Mail.Of("Here"));

        Assert.True(appended.Uid >= next);
        Assert.Equal((await box.StatusAsync()).UidValidity, appended.UidValidity);
        Assert.Equal([appended.Uid], await box.UidsAsync());
    }

    [Fact]
    public virtual async Task The_date_is_now_when_none_is_given()
    {
        var box = await InboxAsync();
        Fixture.Clock.Advance(TimeSpan.FromDays(400));

        var uid = await box.AppendAsync();

        Assert.Equal(Fixture.Clock.Now, (await box.FetchAsync(uid, Attributes)).InternalDate);
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00+00:00")]
    [InlineData("1969-12-31T23:59:59-12:00")]
    [InlineData("2024-02-29T23:59:59+14:00")]
    [InlineData("2024-02-29T12:34:56+05:45")]
    [InlineData("2024-02-29T12:34:56-03:30")]
    [InlineData("0001-01-02T00:00:00+00:00")]
    [InlineData("9999-12-30T23:59:59-01:00")]
    public virtual async Task A_date_is_kept_with_its_offset(string text)
    {
        var date = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        var box = await InboxAsync();

        var appended = await box.CreateMessageAsync(Mail.Of("Dated"), new AppendOptions { InternalDate = date });

        var kept = (await box.FetchAsync(appended.Uid, Attributes)).InternalDate!.Value;
        Assert.Equal((date, date.Offset), (kept, kept.Offset));
    }

    [Fact]
    public virtual async Task A_date_is_kept_to_the_second()
    {
        var date = new DateTimeOffset(2024, 2, 29, 12, 34, 56, 789, TimeSpan.FromHours(1));
        var box = await InboxAsync();

        var appended = await box.CreateMessageAsync(Mail.Of("Dated"), new AppendOptions { InternalDate = date });

        var kept = (await box.FetchAsync(appended.Uid, Attributes)).InternalDate!.Value;
        Assert.InRange(kept, date.AddMilliseconds(-789), date);
    }

    [Fact]
    public virtual async Task Flags_are_given_and_recent_besides()
    {
        var box = await InboxAsync();
        Flag[] flags = [.. Flag.Settable, Flag.Parse("$Forwarded"), Flag.Parse("Later")];

        var uid = await box.AppendAsync("Flagged", flags);

        Assert.Equal(FlagSet.Of(flags), await box.FlagsAsync(uid));
        await box.SelectAsync();
        Assert.True(await box.IsRecentAsync(uid));
    }

    [Fact]
    public virtual async Task Recent_is_the_servers_to_give()
    {
        var box = await InboxAsync();

        var uid = await box.AppendAsync("Recent?", Flag.Recent, Flag.Seen);

        Assert.Equal(FlagSet.Of(Flag.Seen), await box.FlagsAsync(uid));
        Assert.Equal([uid], (await (await OpenElsewhereAsync("INBOX")).SelectAsync()).Recent.Enumerate());
        await box.SelectAsync();
        Assert.False(await box.IsRecentAsync(uid));
    }

    /// <summary>The first keywords of a user may be kept otherwise than later ones: none may be lost.</summary>
    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public virtual async Task A_message_can_have_many_keywords(int count)
    {
        var box = await InboxAsync();
        Flag[] keywords = [.. Enumerable.Range(1, count).Select(static i => Flag.Parse($"$Keyword{i}"))];

        var uid = await box.AppendAsync("Many", keywords);
        var other = await box.AppendAsync("One", keywords[^1]);

        Assert.Equal(FlagSet.Of(keywords), await box.FlagsAsync(uid));
        Assert.Equal(FlagSet.Of(keywords[^1]), await box.FlagsAsync(other));
        Assert.Equal(FlagSet.Of([.. Flag.Settable, .. keywords]), (await box.SelectAsync()).Flags);
    }

    [Fact]
    public virtual async Task A_keyword_keeps_the_spelling_it_was_first_given()
    {
        var box = await InboxAsync();

        var first = await box.AppendAsync("First", Flag.Parse("$MixedCase"));
        var second = await box.AppendAsync("Second", Flag.Parse("$mixedcase"));

        Assert.Equal("$MixedCase", Assert.Single(await box.FlagsAsync(first)).Name);
        Assert.Equal(Flag.Parse("$MIXEDCASE"), Assert.Single(await box.FlagsAsync(second)));
        Assert.Equal("$MixedCase", Assert.Single((await box.SelectAsync()).Flags, static flag => !flag.IsSystem).Name);
    }

    [Fact]
    public virtual async Task A_keyword_can_be_any_atom_of_255_octets()
    {
        var box = await InboxAsync();
        Flag[] keywords = [Flag.Parse(new string('k', Flag.MaxLength)), Flag.Parse("'"), Flag.Parse("_"), Flag.Parse("a[b}c,d;e"), Flag.Parse("Seen"), Flag.Parse("NIL")];

        var uid = await box.AppendAsync("Odd", keywords);

        Assert.Equal(FlagSet.Of(keywords), await box.FlagsAsync(uid));
    }

    [Fact]
    public virtual async Task Uids_ascend()
    {
        var box = await InboxAsync();

        var uids = await box.AppendManyAsync(20);

        Assert.Equal(uids.Distinct().Order(), uids);
        Assert.Equal(uids, await box.UidsAsync());
    }

    [Fact]
    public virtual async Task Eight_who_append_at_once_each_see_their_uids_ascend()
    {
        var uids = await AtOnceAsync(8, async (user, i) =>
        {
            var box = await user.OpenAsync("INBOX");
            var mine = new Uid[15];
            for (var n = 0; n < mine.Length; n++)
                mine[n] = await box.AppendAsync($"{i} {n}");
            return mine;
        });

        Assert.All(uids, static mine => Assert.Equal(mine.Order(), mine));
        var box = await InboxAsync();
        Assert.Equal(uids.SelectMany(static mine => mine).Order(), await box.UidsAsync());
        for (var i = 0; i < uids.Length; i++)
            Assert.Equal(Mail.Of($"{i} 14"), await box.BodyAsync(uids[i][14]));
    }

    [Fact]
    public virtual async Task The_same_message_twice_is_two_messages()
    {
        var box = await InboxAsync();

        var (first, second) = (await box.AppendAsync("Twice"), await box.AppendAsync("Twice"));
        await box.DiscardAsync(first);

        Assert.Equal([second], await box.UidsAsync());
        Assert.Equal(Mail.Of("Twice"), await box.BodyAsync(second));
    }

    [Fact]
    public virtual async Task Ten_thousand_header_lines_and_five_hundred_levels_are_a_message_like_any_other()
    {
        var box = await InboxAsync();
        var wide = Mail.With(string.Join("\r\n", Enumerable.Range(0, 10_000).Select(static i => $"X-Line-{i}: {i}")));
        var deep = Mail.Text(string.Concat(Enumerable.Range(0, 500).Select(static i => $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n")) + "\r\ncore\r\n");

        var (first, second) = (await box.AppendAsync(wide), await box.AppendAsync(deep));

        Assert.Equal(wide, await box.BodyAsync(first));
        Assert.Equal(deep, await box.BodyAsync(second));
        Assert.Equal(2, (await box.ListAsync(UidSet.All, FetchAttributes.Envelope | FetchAttributes.BodyStructure)).Count);
    }
}
