namespace Backend.Specification.Tests.Messages;

/// <summary>IMoveMailbox.MoveMessagesAsync. RFC 6851 §3.1, §3.3, §4.3-4.4; RFC 9051 §6.4.8.</summary>
public abstract class MoveSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    const FetchAttributes Attributes = FetchAttributes.Flags | FetchAttributes.InternalDate | FetchAttributes.Size;

    [Fact]
    public virtual async Task A_moved_message_is_in_the_destination_and_no_longer_in_the_source()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        var date = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.FromHours(-7));
        Flag[] flags = [Flag.Seen, Flag.Parse("$Work")];
        var uid = (await a.CreateMessageAsync(Mail.OfSize(300_000), new AppendOptions { Flags = FlagSet.Of(flags), InternalDate = date })).Uid;

        var moved = await a.MoveAsync(UidSet.Of(uid), "b");

        Assert.Empty(await a.UidsAsync());
        var message = await b.FetchAsync(Assert.Single(moved.Copied.Destination.Enumerate()), Attributes);
        Assert.Equal((FlagSet.Of(flags), date, date.Offset, 300_000), (message.Flags!.WithoutRecent(), message.InternalDate, message.InternalDate!.Value.Offset, message.Size));
        Assert.Equal(Mail.OfSize(300_000), await b.BodyAsync(message.Uid));
    }

    [Fact]
    public virtual async Task The_answer_tells_both_sides()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        await b.AppendManyAsync(2);
        var uids = await a.AppendManyAsync(5);

        var moved = await a.MoveAsync(SequenceSet.Parse("5,1:2"), "b");

        Assert.Equal([uids[0], uids[1], uids[4]], moved.Copied.Source.Enumerate());
        Assert.Equal(moved.Copied.Source.Enumerate(), moved.Expunged.Expunged.Enumerate());
        Assert.Equal((await b.StatusAsync()).UidValidity, moved.Copied.UidValidity);
        Assert.Equal(moved.Copied.Destination.Enumerate(), (await b.UidsAsync())[2..]);
        Assert.Equal([uids[2], uids[3]], await a.UidsAsync());
        Assert.Equal(Mail.Of("Message 5"), await b.BodyAsync(moved.Copied.Destination.Enumerate().Last()));
    }

    [Fact]
    public virtual async Task Both_mailboxes_get_a_modseq_and_can_be_polled()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        var uids = await a.AppendManyAsync(2);
        var (source, destination) = ((await a.SelectAsync()).HighestModSeq, (await b.SelectAsync()).HighestModSeq);

        var moved = await a.MoveAsync(UidSet.Of(uids[0]), "b");

        Assert.True(moved.Expunged.ModSeq > source);
        var (left, arrived) = (await a.PollAsync(source), await b.PollAsync(destination));
        Assert.Equal([uids[0]], left!.Expunged.Enumerate());
        Assert.Empty(left.Changed);
        Assert.True(left.HighestModSeq >= moved.Expunged.ModSeq);
        Assert.Equal(moved.Copied.Destination.Enumerate(), arrived!.Changed.Select(static message => message.Uid));
        Assert.True(arrived.Changed[0].ModSeq > destination);
        Assert.True(arrived.Expunged.IsEmpty);
    }

    [Fact]
    public virtual async Task A_moved_message_is_recent_in_the_destination()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        await a.AppendAsync();
        await a.SelectAsync();

        var moved = await a.MoveAsync(UidSet.All, "b");

        Assert.Equal(moved.Copied.Destination.Enumerate(), (await b.SelectAsync()).Recent.Enumerate());
    }

    [Fact]
    public virtual async Task Moving_to_the_same_mailbox_gives_new_uids()
    {
        var box = await User.CreateAsync("a");
        var uids = await box.AppendManyAsync(3);

        var moved = await box.MoveAsync(UidSet.From(uids[..2]), "a");

        var after = await box.UidsAsync();
        Assert.Equal([uids[2], .. moved.Copied.Destination.Enumerate()], after);
        Assert.All(moved.Copied.Destination.Enumerate(), uid => Assert.True(uid > uids[2]));
        Assert.Equal(uids[..2], moved.Expunged.Expunged.Enumerate());
        Assert.Equal(Mail.Of("Message 1"), await box.BodyAsync(after[1]));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("B")]
    [InlineData("%")]
    [InlineData("Other")]
    public virtual async Task A_missing_destination_is_an_error_and_is_not_created(string destination)
    {
        var box = await User.CreateAsync("a");
        await box.AppendManyAsync(2);
        await User.CreateAsync("b");

        await RefusedWithoutAnyChangeAsync(BackendError.NoSuchMailbox, () => box.MoveAsync(UidSet.All, destination));
    }

    [Fact]
    public virtual async Task A_noselect_destination_is_an_error()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();
        await User.CreateAsync("b/c");
        await User.DeleteAsync("b");

        await RefusedWithoutAnyChangeAsync(BackendError.NotSelectable, () => box.MoveAsync(UidSet.All, "b"));
    }

    [Fact]
    public virtual async Task A_sequence_number_above_the_messages_moves_nothing()
    {
        var box = await User.CreateAsync("a");
        await box.AppendManyAsync(3);

        await RefusedWithoutAnyChangeAsync(BackendError.InvalidSequenceNumber, () => box.MoveAsync(SequenceSet.Parse("2:4"), "INBOX"));
    }

    [Fact]
    public virtual async Task Uids_that_no_message_has_move_nothing()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();
        var before = await Snapshot.OfAsync(User);

        var moved = await box.MoveAsync(UidSet.Parse("1000:4294967295"), "INBOX");

        Assert.True(moved.Copied.Source.IsEmpty);
        Assert.True(moved.Copied.Destination.IsEmpty);
        Assert.True(moved.Expunged.Expunged.IsEmpty);
        Assert.Null(moved.Expunged.ModSeq);
        Assert.Equal(before, await Snapshot.OfAsync(User));
    }

    [Fact]
    public virtual async Task Only_the_uids_that_are_there_are_moved()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        var uids = await a.AppendManyAsync(4);
        await a.DiscardAsync(uids[1]);

        var moved = await a.MoveAsync(UidSet.Between(uids[0], uids[2]), "b");

        Assert.Equal([uids[0], uids[2]], moved.Copied.Source.Enumerate());
        Assert.Equal([uids[3]], await a.UidsAsync());
        Assert.Equal(2, (await b.UidsAsync()).Length);
    }

    [Fact]
    public virtual async Task Deleted_messages_that_are_not_moved_stay()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        var deleted = await a.AppendAsync("Deleted", Flag.Deleted);
        var moved = await a.AppendAsync("Moved", Flag.Deleted, Flag.Seen);

        await a.MoveAsync(UidSet.Of(moved), "b");

        Assert.Equal([deleted], await a.UidsAsync());
        Assert.Equal(FlagSet.Of(Flag.Deleted, Flag.Seen), await b.FlagsAsync(Assert.Single(await b.UidsAsync())));
    }

    /// <summary>RFC 6851 §3.3: whoever looks at either mailbox meanwhile sees all of them there or none, and never \Deleted.</summary>
    [Fact]
    public virtual async Task Nobody_sees_half_of_a_move_or_a_deleted_message()
    {
        var uids = await (await User.CreateAsync("a")).AppendManyAsync(10);
        await User.CreateAsync("b");
        using var done = new CancellationTokenSource();

        await AtOnceAsync(3, async (user, i) =>
        {
            var (a, b) = (await user.OpenAsync("a"), await user.OpenAsync("b"));
            if (i == 0)
            {
                try
                {
                    for (var n = 0; n < 10; n++)
                        await (n % 2 == 0 ? a : b).MoveAsync(UidSet.All, n % 2 == 0 ? "b" : "a");
                }
                finally
                {
                    await done.CancelAsync();
                }

                return;
            }

            while (!done.IsCancellationRequested)
                foreach (var box in (IMailbox[])[a, b])
                {
                    var messages = await box.ListAsync(UidSet.All, FetchItems.FlagsOnly);
                    Assert.True(messages.Count == 0 || messages.Count == uids.Length, $"{messages.Count} of {uids.Length} messages are in {box.Name}");
                    Assert.All(messages, static message => Assert.Equal(FlagSet.Empty, message.Flags!.WithoutRecent()));
                }
        });

        Assert.Equal(uids.Length, (await (await User.OpenAsync("a")).UidsAsync()).Length);
    }

    [Fact]
    public virtual async Task Of_eight_who_move_the_same_messages_at_once_each_message_goes_once()
    {
        var uids = await (await User.CreateAsync("a")).AppendManyAsync(20);
        for (var i = 0; i < 8; i++)
            await User.CreateAsync($"to {i}");

        var moved = await AtOnceAsync(8, async (user, i) => await (await user.OpenAsync("a")).MoveAsync(UidSet.All, $"to {i}"));

        Assert.Equal(uids, moved.SelectMany(static data => data.Copied.Source.Enumerate()).Order());
        Assert.Empty(await (await User.OpenAsync("a")).UidsAsync());
        for (var i = 0; i < 8; i++)
            Assert.Equal(moved[i].Copied.Destination.Enumerate(), await (await User.OpenAsync($"to {i}")).UidsAsync());
    }

    /// <summary>Two moves that lock two mailboxes in opposite orders must not wait for each other for ever.</summary>
    [Fact]
    public virtual async Task Moves_in_opposite_directions_at_once_all_succeed()
    {
        await (await User.CreateAsync("a")).AppendManyAsync(10);
        await (await User.CreateAsync("b")).AppendManyAsync(10);

        await AtOnceAsync(6, async (user, i) =>
        {
            var (from, to) = i % 2 == 0 ? ("a", "b") : ("b", "a");
            for (var n = 0; n < 5; n++)
                await (await user.OpenAsync(from)).MoveAsync(UidSet.All, to);
        });

        var (a, b) = (await (await User.OpenAsync("a")).UidsAsync(), await (await User.OpenAsync("b")).UidsAsync());
        Assert.Equal(20, a.Length + b.Length);
    }

    [Fact]
    public virtual async Task A_message_with_many_keywords_keeps_them_all()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        Flag[] keywords = [.. Enumerable.Range(1, 90).Select(static i => Flag.Parse($"k{i}"))];
        await a.AppendAsync("Many keywords", keywords);

        var moved = await a.MoveAsync(UidSet.All, "b");

        Assert.Equal(FlagSet.Of(keywords), await b.FlagsAsync(Assert.Single(moved.Copied.Destination.Enumerate())));
        await a.AppendAsync("A successor has none");
        Assert.Equal(FlagSet.Empty, await a.FlagsAsync(Assert.Single(await a.UidsAsync())));
    }
}
