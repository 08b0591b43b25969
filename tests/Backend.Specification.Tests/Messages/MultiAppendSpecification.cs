namespace Backend.Specification.Tests.Messages;

/// <summary>IMultiAppendMailbox: several messages in one change. RFC 3502 §6.3.11.</summary>
public abstract class MultiAppendSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task Messages_are_appended_in_order_each_with_its_flags_and_date()
    {
        var inbox = await InboxAsync();
        await inbox.AppendAsync();
        var date = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.FromHours(-7));

        var data = await inbox.AppendTogetherAsync(
            New(Mail.Of("one"), Flag.Seen),
            new NewMessage(new OddStream(Mail.Of("two")), new AppendOptions { InternalDate = date }),
            New(Mail.OfSize(300_000), Flag.Parse("$Work"), Flag.Deleted),
            New(Mail.Of("four")));

        var uids = data.Uids.Enumerate().ToArray();
        Assert.Equal([2u, 3, 4, 5], uids.Select(static uid => uid.Value));
        Assert.Equal((await inbox.StatusAsync()).UidValidity, data.UidValidity);
        Assert.Equal([Mail.Of("one"), Mail.Of("two"), Mail.OfSize(300_000), Mail.Of("four")], await Task.WhenAll(uids.Select(inbox.BodyAsync)));
        Assert.Equal(FlagSet.Of(Flag.Seen), await inbox.FlagsAsync(uids[0]));
        Assert.Equal(FlagSet.Of(Flag.Parse("$Work"), Flag.Deleted), await inbox.FlagsAsync(uids[2]));
        Assert.Equal((date, Fixture.Clock.Now.Date), ((await inbox.FetchAsync(uids[1], FetchAttributes.InternalDate)).InternalDate, (await inbox.FetchAsync(uids[3], FetchAttributes.InternalDate)).InternalDate!.Value.UtcDateTime.Date));
        var status = await inbox.StatusAsync();
        Assert.Equal((5, 4, 1), (status.Messages, status.Unseen, status.Deleted));
    }

    [Fact]
    public virtual async Task One_is_as_good_as_many()
    {
        var inbox = await InboxAsync();

        var data = await inbox.AppendTogetherAsync(New(Mail.Of("one")));

        Assert.Equal(1u, Assert.Single(data.Uids.Enumerate()).Value);
        Assert.Equal(Mail.Of("one"), await inbox.BodyAsync(new Uid(1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public virtual async Task A_body_that_breaks_off_takes_all_with_it(int broken)
    {
        var inbox = await InboxAsync();
        await inbox.AppendAsync();
        var before = await Snapshot.OfAsync(User);
        var messages = Enumerable.Range(0, 3).Select(i => i == broken
            ? new NewMessage(new OddStream(Mail.OfSize(1_000), failure: new InvalidDataException("broken")), AppendOptions.Default)
            : New(Mail.OfSize(300_000), Flag.Parse("$New")));

        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidDataException>(() => inbox.AppendTogetherAsync([.. messages]))).Message);

        Assert.Equal(before, await Snapshot.OfAsync(User));
    }

    [Fact]
    public virtual async Task Messages_that_break_off_take_all_with_them()
    {
        var inbox = await InboxAsync();
        await inbox.AppendAsync();
        var before = await Snapshot.OfAsync(User);

        await Assert.ThrowsAsync<InvalidDataException>(() => inbox.AppendTogetherAsync(Broken()));

        Assert.Equal(before, await Snapshot.OfAsync(User));
        Assert.Equal(2u, (await inbox.AppendAsync()).Value);

        static async IAsyncEnumerable<NewMessage> Broken()
        {
            yield return New(Mail.Of("one"));
            await Task.Yield();
            yield return New(Mail.OfSize(400_000));
            throw new InvalidDataException("no more");
        }
    }

    [Fact]
    public virtual async Task Each_body_is_read_to_its_end_before_the_next_is_asked_for()
    {
        var inbox = await InboxAsync();
        var left = new List<long>();

        await inbox.AppendTogetherAsync(Streams());

        Assert.Equal([0, 0, 0], left);

        async IAsyncEnumerable<NewMessage> Streams()
        {
            foreach (var size in (int[])[1, 70_000, 300_000])
            {
                using var body = new MemoryStream(Mail.OfSize(size));
                yield return new NewMessage(body, AppendOptions.Default);
                await Task.Yield();
                left.Add(body.Length - body.Position);
            }
        }
    }

    [Fact]
    public virtual async Task A_body_may_come_out_of_the_same_mailbox()
    {
        var inbox = await InboxAsync();
        await inbox.AppendAsync(Mail.OfSize(1_200_000));
        await inbox.AppendAsync(Mail.Of("two"));

        var data = await inbox.AppendTogetherAsync(Stored());

        Assert.Equal(Mail.OfSize(1_200_000), await inbox.BodyAsync(data.Uids.Enumerate().First()));
        Assert.Equal(Mail.Of("two"), await inbox.BodyAsync(data.Uids.Enumerate().Last()));

        async IAsyncEnumerable<NewMessage> Stored()
        {
            var source = await (await LoginAsync()).OpenAsync("INBOX");
            await foreach (var message in source.ListMessagesAsync(UidSet.All, FetchItems.WholeBody, Token))
            {
                var pipe = new System.IO.Pipelines.Pipe();
                var writing = Task.Run(async () =>
                {
                    await message.Sections[0].Content!.CopyToAsync(pipe.Writer.AsStream(), Token);
                    await pipe.Writer.CompleteAsync();
                });
                yield return new NewMessage(pipe.Reader.AsStream(), AppendOptions.Default);
                await writing;
            }
        }
    }

    [Fact]
    public virtual async Task Many_and_large_ones_go_together()
    {
        var inbox = await InboxAsync();
        var sizes = Enumerable.Range(0, 60).Select(static i => i % 20 == 7 ? 3_000_000 : 1_000 + i).ToArray();

        var data = await inbox.AppendTogetherAsync([.. sizes.Select(static size => New(Mail.OfSize(size)))]);

        Assert.Equal(sizes.Length, data.Uids.Count);
        Assert.Equal(sizes.Select(static size => (long?)size), (await inbox.ListAsync(UidSet.All, FetchAttributes.Size)).Select(static message => message.Size));
        Assert.Equal(Mail.OfSize(3_000_000), await inbox.BodyAsync(new Uid(28)));
        Assert.Equal(sizes.Sum(static size => (long)size), (await inbox.StatusAsync()).Size);
    }

    [Fact]
    public virtual async Task They_are_heard_of_as_new_messages()
    {
        var inbox = await InboxAsync();
        await inbox.AppendAsync();
        var elsewhere = await OpenElsewhereAsync("INBOX");
        var since = (await elsewhere.SelectAsync()).HighestModSeq;

        var data = await inbox.AppendTogetherAsync(New(Mail.Of("one")), New(Mail.Of("two"), Flag.Flagged));

        var changes = await elsewhere.PollAsync(since);
        Assert.Equal(data.Uids.Enumerate(), changes!.Changed.Select(static message => message.Uid));
        Assert.Equal(data.Uids.Enumerate(), changes.Recent.Enumerate());
        Assert.Equal(new Uid(4), changes.UidNext);
    }

    [Fact]
    public virtual async Task One_that_is_too_large_refuses_all()
    {
        Assert.SkipUnless(Fixture.MaxMessageSize is not null, "This store has no limit.");
        var inbox = await InboxAsync();

        await RefusedWithoutAnyChangeAsync(BackendError.TooBig, () => inbox.AppendTogetherAsync(New(Mail.Of("one")), New(new byte[(int)Fixture.MaxMessageSize + 1])));
    }

    [Fact]
    public virtual async Task Too_many_keywords_on_one_refuse_all_and_add_none()
    {
        Assert.SkipUnless(Fixture.MaxKeywords is not null, "This store has no limit.");
        var inbox = await InboxAsync();
        var all = Enumerable.Range(0, Fixture.MaxKeywords!.Value).Select(static i => Flag.Parse($"k{i}")).ToArray();

        await RefusedWithoutAnyChangeAsync(BackendError.Limit, () => inbox.AppendTogetherAsync(New(Mail.Of("one"), all[..200]), New(Mail.Of("two"), [.. all[200..], Flag.Parse("more")])));
        await inbox.AppendTogetherAsync(New(Mail.Of("one"), all[..200]), New(Mail.Of("two"), all[200..]), New(Mail.Of("three"), all[0], all[^1]));

        Assert.Equal(FlagSet.Of(all[0], all[^1]), await inbox.FlagsAsync(new Uid(3)));
    }

    [Fact]
    public virtual async Task Too_few_UIDs_refuse_all()
    {
        var inbox = await InboxAsync();
        Assert.SkipUnless(await Fixture.SkipUidsAsync(Username, MailboxName.Inbox, new Uid(uint.MaxValue - 1), Token), "UIDs cannot be skipped here.");

        await RefusedWithoutAnyChangeAsync(BackendError.Limit, () => inbox.AppendTogetherAsync(New(Mail.Of("one")), New(Mail.Of("two")), New(Mail.Of("three"))));
        var data = await inbox.AppendTogetherAsync(New(Mail.Of("one")), New(Mail.Of("two")));

        Assert.Equal([uint.MaxValue - 1, uint.MaxValue], data.Uids.Enumerate().Select(static uid => uid.Value));
    }

    [Fact]
    public virtual async Task A_mailbox_that_is_gone_or_only_looked_at_takes_none()
    {
        var gone = await User.CreateAsync("gone");
        await User.DeleteAsync("gone");
        var inbox = await InboxAsync();
        await inbox.ExamineAsync();

        await RefusedWithoutAnyChangeAsync(BackendError.NoSuchMailbox, () => gone.AppendTogetherAsync(New(Mail.Of("one")), New(Mail.Of("two"))));
        await RefusedWithoutAnyChangeAsync(BackendError.ReadOnly, () => inbox.AppendTogetherAsync(New(Mail.Of("one")), New(Mail.Of("two"))));
    }

    [Fact]
    public virtual async Task Those_of_several_connections_do_not_mix()
    {
        var taken = await AtOnceAsync(4, async (connection, i) =>
            await (await connection.OpenAsync("INBOX")).AppendTogetherAsync([.. Enumerable.Range(0, 10).Select(n => New(Mail.Of($"{i}.{n}")))]));

        var inbox = await InboxAsync();
        Assert.Equal(Enumerable.Range(1, 40).Select(static uid => (uint)uid), taken.SelectMany(static data => data.Uids.Enumerate()).Select(static uid => uid.Value).Order());
        for (var i = 0; i < taken.Length; i++)
        {
            Assert.Single(taken[i].Uids.Ranges);
            Assert.Equal(Mail.Of($"{i}.3"), await inbox.BodyAsync(taken[i].Uids.Enumerate().ElementAt(3)));
        }
    }

    static NewMessage New(byte[] message, params Flag[] flags) => new(new MemoryStream(message), new AppendOptions { Flags = FlagSet.Of(flags) });
}
