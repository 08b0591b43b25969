namespace Backend.Specification.Tests.Mailboxes;

/// <summary>IMailbox.GetStatusAsync. RFC 9051 §6.3.11; RFC 3501 §6.3.10; RFC 8438; RFC 7162 §3.1.7.</summary>
public abstract class StatusSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Theory]
    [InlineData(StatusItems.None)]
    [InlineData(StatusItems.Messages)]
    [InlineData(StatusItems.Recent)]
    [InlineData(StatusItems.UidNext)]
    [InlineData(StatusItems.UidValidity)]
    [InlineData(StatusItems.Unseen)]
    [InlineData(StatusItems.Deleted)]
    [InlineData(StatusItems.Size)]
    [InlineData(StatusItems.HighestModSeq)]
    [InlineData(StatusItems.Messages | StatusItems.Unseen | StatusItems.Size)]
    public virtual async Task Only_what_was_asked_for_is_told_besides_name_and_flags(StatusItems items)
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();

        var status = await box.GetStatusAsync(items, Token);

        Assert.Equal("a", status.Name.Value);
        Assert.All(Flag.Settable, flag => Assert.Contains(flag, status.Flags));
        Assert.Contains(Flag.Wildcard, status.PermanentFlags);
        Assert.Equal(items.HasFlag(StatusItems.Messages), status.Messages is not null);
        Assert.Equal(items.HasFlag(StatusItems.Recent), status.Recent is not null);
        Assert.Equal(items.HasFlag(StatusItems.UidNext), status.UidNext is not null);
        Assert.Equal(items.HasFlag(StatusItems.UidValidity), status.UidValidity is not null);
        Assert.Equal(items.HasFlag(StatusItems.Unseen), status.Unseen is not null);
        Assert.Equal(items.HasFlag(StatusItems.Deleted), status.Deleted is not null);
        Assert.Equal(items.HasFlag(StatusItems.Size), status.Size is not null);
        Assert.Equal(items.HasFlag(StatusItems.HighestModSeq), status.HighestModSeq is not null);
    }

    [Fact]
    public virtual async Task It_changes_nothing()
    {
        var box = await User.CreateAsync("a");
        var uid = await box.AppendAsync();
        var before = await Snapshot.OfAsync(User);

        await (await User.OpenAsync("a")).StatusAsync();

        Assert.Equal(before, await Snapshot.OfAsync(User));
        Assert.Equal([uid], (await box.SelectAsync()).Recent.Enumerate());
    }

    [Fact]
    public virtual async Task It_tells_what_select_tells()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync("One", Flag.Parse("$One"));
        await box.AppendAsync("Two", Flag.Seen);

        var status = await (await User.OpenAsync("a")).StatusAsync();
        var selected = await box.SelectAsync();

        Assert.Equal(selected.Uids.Length, status.Messages);
        Assert.Equal(selected.Recent.Count, status.Recent);
        Assert.Equal((selected.UidNext, selected.UidValidity, selected.HighestModSeq), (status.UidNext, status.UidValidity, status.HighestModSeq));
        Assert.Equal(selected.Flags, status.Flags);
        Assert.Equal(selected.PermanentFlags, status.PermanentFlags);
    }

    /// <summary>A handle that has not selected counts what would be recent to it: that is what STATUS RECENT is asked for. RFC 3501 §6.3.10.</summary>
    [Fact]
    public virtual async Task Recent_counts_what_selecting_would_give()
    {
        var box = await User.CreateAsync("a");
        await box.AppendManyAsync(3);
        Assert.Equal(3, (await (await User.OpenAsync("a")).StatusAsync()).Recent);

        await box.SelectAsync();

        Assert.Equal(3, (await box.StatusAsync()).Recent);
        Assert.Equal(0, (await (await User.OpenAsync("a")).StatusAsync()).Recent);
    }

    [Fact]
    public virtual async Task Recent_counts_a_message_once_that_was_recent_under_examine_already()
    {
        var other = await User.CreateAsync("a");
        await other.AppendAsync();
        var box = await User.OpenAsync("a");
        await box.ExamineAsync();
        await other.AppendAsync();
        await box.ExamineAsync();
        Assert.Equal(2, (await box.StatusAsync()).Recent);

        Assert.Equal(2, (await box.SelectAsync()).Recent.Count);

        Assert.Equal(2, (await box.StatusAsync()).Recent);
    }

    [Fact]
    public virtual async Task After_appends_the_counters_are_right()
    {
        var box = await User.CreateAsync("a");

        await box.AppendAsync(Mail.OfSize(100));
        await AssertCountsAsync(box, messages: 1, unseen: 1, deleted: 0, size: 100);
        await box.AppendAsync(Mail.OfSize(200), Flag.Seen);
        await AssertCountsAsync(box, messages: 2, unseen: 1, deleted: 0, size: 300);
        await box.AppendAsync(Mail.OfSize(300), Flag.Deleted, Flag.Seen);
        await AssertCountsAsync(box, messages: 3, unseen: 1, deleted: 1, size: 600);
        await box.AppendAsync([]);
        await AssertCountsAsync(box, messages: 4, unseen: 2, deleted: 1, size: 600);
    }

    [Fact]
    public virtual async Task After_changes_of_flags_the_counters_are_right()
    {
        var box = await User.CreateAsync("a");
        for (var i = 0; i < 4; i++)
            await box.AppendAsync(Mail.OfSize(100));

        await box.StoreAsync(SequenceSet.Parse("1:3"), FlagsOperation.Add, Flag.Seen, Flag.Answered);
        await AssertCountsAsync(box, messages: 4, unseen: 1, deleted: 0, size: 400);
        await box.StoreAsync(SequenceSet.Parse("1:4"), FlagsOperation.Add, Flag.Seen);
        await AssertCountsAsync(box, messages: 4, unseen: 0, deleted: 0, size: 400);
        await box.StoreAsync(SequenceSet.Parse("2"), FlagsOperation.Replace, Flag.Deleted);
        await AssertCountsAsync(box, messages: 4, unseen: 1, deleted: 1, size: 400);
        await box.StoreAsync(SequenceSet.All, FlagsOperation.Remove, Flag.Seen, Flag.Deleted);
        await AssertCountsAsync(box, messages: 4, unseen: 4, deleted: 0, size: 400);
        await box.StoreAsync(SequenceSet.All, FlagsOperation.Replace, Flag.Seen, Flag.Deleted);
        await AssertCountsAsync(box, messages: 4, unseen: 0, deleted: 4, size: 400);
        await box.StoreAsync(SequenceSet.All, FlagsOperation.Replace);
        await AssertCountsAsync(box, messages: 4, unseen: 4, deleted: 0, size: 400);
    }

    [Fact]
    public virtual async Task After_copies_and_moves_the_counters_of_both_are_right()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        await a.AppendAsync(Mail.OfSize(100));
        await a.AppendAsync(Mail.OfSize(200), Flag.Seen);
        await a.AppendAsync(Mail.OfSize(400), Flag.Deleted);

        await a.CopyAsync(SequenceSet.Parse("2:3"), "b");
        await AssertCountsAsync(a, messages: 3, unseen: 2, deleted: 1, size: 700);
        await AssertCountsAsync(b, messages: 2, unseen: 1, deleted: 1, size: 600);
        await a.MoveAsync(SequenceSet.Parse("1:2"), "b");
        await AssertCountsAsync(a, messages: 1, unseen: 1, deleted: 1, size: 400);
        await AssertCountsAsync(b, messages: 4, unseen: 2, deleted: 1, size: 900);
        await b.CopyAsync(UidSet.All, "b");
        await AssertCountsAsync(b, messages: 8, unseen: 4, deleted: 2, size: 1800);
        await b.MoveAsync(UidSet.All, "b");
        await AssertCountsAsync(b, messages: 8, unseen: 4, deleted: 2, size: 1800);
    }

    [Fact]
    public virtual async Task After_expunges_the_counters_are_right()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync(Mail.OfSize(100));
        var seen = await box.AppendAsync(Mail.OfSize(200), Flag.Seen, Flag.Deleted);
        await box.AppendAsync(Mail.OfSize(400), Flag.Deleted);

        await box.ExpungeAsync(UidSet.Of(seen));
        await AssertCountsAsync(box, messages: 2, unseen: 2, deleted: 1, size: 500);
        await box.ExpungeAsync();
        await AssertCountsAsync(box, messages: 1, unseen: 1, deleted: 0, size: 100);
        await box.ExpungeAsync();
        await AssertCountsAsync(box, messages: 1, unseen: 1, deleted: 0, size: 100);
    }

    [Fact]
    public virtual async Task The_name_is_the_one_it_has_now()
    {
        var box = await User.CreateAsync("a/b");

        await User.RenameAsync("a", "c");

        Assert.Equal("c/b", (await box.StatusAsync()).Name.Value);
        Assert.Equal("a/b", box.Name.Value);
    }

    [Fact]
    public virtual async Task Flags_show_a_new_keyword_at_once()
    {
        var box = await User.CreateAsync("a");
        var uid = await box.AppendAsync();

        await box.AddAsync(uid, Flag.Parse("Later"));

        var status = await (await User.OpenAsync("a")).GetStatusAsync(StatusItems.None, Token);
        Assert.Contains(Flag.Parse("later"), status.Flags);
        Assert.Contains(Flag.Parse("later"), status.PermanentFlags);
    }

    [Fact]
    public virtual async Task The_highest_modseq_rises_with_every_change_and_with_nothing_else()
    {
        var box = await User.CreateAsync("a");
        var last = (await box.StatusAsync()).HighestModSeq!.Value;

        var uid = await box.AppendAsync();
        await RisesAsync();
        await box.AddAsync(uid, Flag.Seen);
        await RisesAsync();
        await box.AddAsync(uid, Flag.Seen);
        await box.ListAsync(UidSet.All, FetchItems.WholeBody);
        await box.CheckAsync(Token);
        Assert.Equal(last, (await box.StatusAsync()).HighestModSeq);
        await box.DiscardAsync(uid);
        await RisesAsync();

        async Task RisesAsync()
        {
            var now = (await box.StatusAsync()).HighestModSeq!.Value;
            Assert.True(now > last, $"HIGHESTMODSEQ was {last} and is {now}");
            last = now;
        }
    }

    [Fact]
    public virtual async Task Counters_are_right_after_eight_connections_changed_everything()
    {
        await User.CreateAsync("b");
        var box = await User.CreateAsync("a");
        await box.AppendManyAsync(16);

        await AtOnceAsync(8, async (user, i) =>
        {
            var mine = await user.OpenAsync("a");
            await mine.AppendAsync($"From {i}", Flag.Seen);
            await mine.StoreAsync(UidSet.Parse("1:8"), i % 2 == 0 ? FlagsOperation.Add : FlagsOperation.Remove, Flag.Seen, Flag.Deleted);
            await mine.CopyAsync(UidSet.Parse("9:12"), "b");
            await mine.ExpungeAsync(UidSet.Parse("1:4"));
        });

        await AssertRecountAsync(box);
        await AssertRecountAsync(await User.OpenAsync("b"));
    }

    static async Task AssertRecountAsync(IMailbox box)
    {
        var messages = await box.ListAsync(UidSet.All, FetchAttributes.Flags | FetchAttributes.Size);
        await AssertCountsAsync(
            box,
            messages.Count,
            messages.Count(static message => !message.Flags!.Contains(Flag.Seen)),
            messages.Count(static message => message.Flags!.Contains(Flag.Deleted)),
            messages.Sum(static message => message.Size!.Value));
    }

    static async Task AssertCountsAsync(IMailbox box, long messages, long unseen, long deleted, long size)
    {
        var status = await box.StatusAsync();
        Assert.Equal((messages, unseen, deleted, size), (status.Messages, status.Unseen, status.Deleted, status.Size));
    }
}
