namespace Backend.Specification.Tests.Changes;

/// <summary>
/// IUpdaterMailbox.PollAsync: everything that happened, from the store itself, with no notification at all. RFC 9051 §5.2, §7.5.1;
/// RFC 7162 §3.1, §3.2.7-3.2.9, §5.3; RFC 2180 §3.
/// </summary>
public abstract class PollSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    static readonly Flag Work = Flag.Parse("$Work");

    [Fact]
    public virtual async Task When_nothing_happened_there_is_nothing_to_tell()
    {
        var box = await InboxAsync();
        await box.AppendAsync();
        var selected = await box.SelectAsync();

        Assert.Null(await box.PollAsync(selected.HighestModSeq));
        await box.ListAsync(UidSet.All, FetchItems.WholeBody);
        await box.SearchAsync(new SearchKey.Text("a"));
        await User.CreateAsync("b");
        await box.CopyAsync(UidSet.All, "b");
        Assert.Null(await box.PollAsync(selected.HighestModSeq));
    }

    [Fact]
    public virtual async Task A_message_that_came_is_told()
    {
        var (box, other) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        await box.AppendAsync();
        var selected = await box.SelectAsync();

        var uid = await other.AppendAsync("New", Flag.Flagged, Work);

        var changes = (await box.PollAsync(selected.HighestModSeq))!;
        var message = Assert.Single(changes.Changed);
        Assert.Equal((uid, FlagSet.Of(Flag.Flagged, Work, Flag.Recent)), (message.Uid, message.Flags));
        Assert.True(message.ModSeq > selected.HighestModSeq);
        Assert.Equal([uid], changes.Recent.Enumerate());
        Assert.True(changes.Expunged.IsEmpty);
        Assert.True(changes.UidNext > uid);
        Assert.Contains(Work, changes.Flags);
        Assert.Null(await box.PollAsync(changes.HighestModSeq));
    }

    [Fact]
    public virtual async Task A_change_of_flags_is_told_with_all_flags()
    {
        var (box, other) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        var uids = await box.AppendManyAsync(3);
        await box.AddAsync(uids[1], Work);
        var selected = await box.SelectAsync();

        var stored = await other.AddAsync(uids[1], Flag.Seen);

        var changes = (await box.PollAsync(selected.HighestModSeq))!;
        var message = Assert.Single(changes.Changed);
        Assert.Equal((uids[1], FlagSet.Of(Flag.Seen, Work, Flag.Recent), stored.ModSeq), (message.Uid, message.Flags, message.ModSeq));
        Assert.True(changes.Recent.IsEmpty);
        Assert.Equal(selected.UidNext, changes.UidNext);
    }

    [Fact]
    public virtual async Task A_message_that_went_is_told()
    {
        var (box, other) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        var uids = await box.AppendManyAsync(4);
        var selected = await box.SelectAsync();

        await other.DiscardAsync(uids[0], uids[2]);

        var changes = (await box.PollAsync(selected.HighestModSeq))!;
        Assert.Equal([uids[0], uids[2]], changes.Expunged.Enumerate());
        Assert.Empty(changes.Changed);
        Assert.Equal(selected.UidNext, changes.UidNext);
    }

    [Fact]
    public virtual async Task What_was_copied_and_moved_here_is_told_and_what_was_moved_away()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        var uids = await a.AppendManyAsync(3);
        var (source, destination) = (await a.SelectAsync(), await b.SelectAsync());

        var copied = (await a.CopyAsync(UidSet.Of(uids[0]), "b")).Destination.Enumerate();
        var moved = (await a.MoveAsync(UidSet.From(uids[1..]), "b")).Copied.Destination.Enumerate();

        Assert.Equal(uids[1..], (await a.PollAsync(source.HighestModSeq))!.Expunged.Enumerate());
        var changes = (await b.PollAsync(destination.HighestModSeq))!;
        Assert.Equal([.. copied, .. moved], changes.Changed.Select(static message => message.Uid));
        Assert.Equal([.. copied, .. moved], changes.Recent.Enumerate());
    }

    [Fact]
    public virtual async Task Changes_of_the_handle_itself_are_told_like_others()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(2);
        var selected = await box.SelectAsync();

        var next = await box.AppendAsync();
        await box.AddAsync(uids[0], Flag.Seen);
        await box.DiscardAsync(uids[1]);

        var changes = (await box.PollAsync(selected.HighestModSeq))!;
        Assert.Equal([uids[0], next], changes.Changed.Select(static message => message.Uid));
        Assert.Contains(uids[1], changes.Expunged.Enumerate());
    }

    /// <summary>RFC 3501 §7.2.6.</summary>
    [Fact]
    public virtual async Task Keywords_that_the_handle_itself_made_are_among_the_flags()
    {
        var (box, other) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        var uids = await box.AppendManyAsync(2);
        await box.SelectAsync();

        var own = await box.AddAsync(uids[0], Work);
        await other.AddAsync(uids[1], Flag.Seen);

        Assert.Contains(Work, (await box.PollAsync(own.ModSeq!.Value))!.Flags);
    }

    [Fact]
    public virtual async Task What_came_and_went_between_two_polls_is_not_there()
    {
        var (box, other) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        var selected = await box.SelectAsync();

        var gone = await other.AppendAsync();
        await other.AddAsync(gone, Flag.Seen);
        await other.DiscardAsync(gone);
        var kept = await other.AppendAsync();

        var changes = (await box.PollAsync(selected.HighestModSeq))!;
        Assert.Equal([kept], changes.Changed.Select(static message => message.Uid));
        Assert.Equal([kept], changes.Recent.Enumerate());
        Assert.False(changes.Expunged.Contains(kept, Uid.MaxValue));
    }

    [Fact]
    public virtual async Task Many_changes_of_one_message_are_told_once_as_it_is_now()
    {
        var (box, other) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        var uid = await box.AppendAsync();
        var selected = await box.SelectAsync();

        for (var i = 0; i < 5; i++)
        {
            await other.AddAsync(uid, Flag.Seen, Flag.Parse($"k{i}"));
            await other.RemoveAsync(uid, Flag.Seen);
        }

        var message = Assert.Single((await box.PollAsync(selected.HighestModSeq))!.Changed);
        Assert.Equal(FlagSet.Of([.. Enumerable.Range(0, 5).Select(static i => Flag.Parse($"k{i}")), Flag.Recent]), message.Flags);
    }

    [Fact]
    public virtual async Task From_the_beginning_everything_is_told()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(5);
        await box.DiscardAsync(uids[1]);

        var changes = (await (await User.OpenAsync("INBOX")).PollAsync(ModSeq.Zero))!;

        Assert.Equal([uids[0], .. uids[2..]], changes.Changed.Select(static message => message.Uid));
        Assert.DoesNotContain(changes.Changed, message => changes.Expunged.Contains(message.Uid, Uid.MaxValue));
    }

    [Fact]
    public virtual async Task A_long_idle_handle_catches_up_in_one_poll()
    {
        var (box, other) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        var replica = new Replica(box);
        await box.AppendManyAsync(10);
        await replica.SelectAsync();

        for (var i = 0; i < 40; i++)
        {
            await other.AppendAsync($"Later {i}");
            var uids = await other.UidsAsync();
            await other.AddAsync(uids[i % uids.Length], i % 3 == 0 ? Flag.Deleted : Flag.Parse($"k{i % 5}"));
            if (i % 4 == 0)
                await other.ExpungeAsync();
        }

        Assert.True(await replica.PollAsync());
        await replica.AssertIsTheMailboxAsync();
        Assert.False(await replica.PollAsync());
    }

    /// <summary>RFC 7162 §5.3: the log of changes may be cut, if the answer is then a superset. A year is longer than anybody keeps one.</summary>
    [Fact]
    public virtual async Task A_handle_that_slept_for_a_year_catches_up_all_the_same()
    {
        var (box, other) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        var replica = new Replica(box);
        var uids = await box.AppendManyAsync(5);
        await replica.SelectAsync();
        await other.DiscardAsync(uids[1]);
        await other.AddAsync(uids[2], Flag.Seen);

        Fixture.Clock.Advance(TimeSpan.FromDays(366));
        await other.AppendAsync();
        await other.CheckAsync(Token);

        await replica.PollAsync();
        await replica.AssertIsTheMailboxAsync();
    }

    [Fact]
    public virtual async Task New_messages_are_recent_to_the_first_who_polls()
    {
        var (first, second) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        var (one, two) = (await first.SelectAsync(), await second.SelectAsync());
        var uid = await first.AppendAsync();

        var told = (await first.PollAsync(one.HighestModSeq))!;
        var later = (await second.PollAsync(two.HighestModSeq))!;

        Assert.Equal([uid], told.Recent.Enumerate());
        Assert.True(later.Recent.IsEmpty);
        Assert.Equal([uid], later.Changed.Select(static message => message.Uid));
        Assert.True(await first.IsRecentAsync(uid));
        Assert.False(await second.IsRecentAsync(uid));
        Assert.True((await (await User.OpenAsync("INBOX")).SelectAsync()).Recent.IsEmpty);
    }

    [Fact]
    public virtual async Task Under_examine_new_messages_stay_recent_for_others()
    {
        var (looking, other) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        var examined = await looking.ExamineAsync();
        var uid = await other.AppendAsync();

        Assert.Equal([uid], (await looking.PollAsync(examined.HighestModSeq))!.Changed.Select(static message => message.Uid));
        Assert.Equal([uid], (await other.SelectAsync()).Recent.Enumerate());
    }

    [Fact]
    public virtual async Task Under_examine_a_message_becomes_recent_once()
    {
        var (looking, other) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        var first = await other.AppendAsync();
        var examined = await looking.ExamineAsync();
        var second = await other.AppendAsync();
        await other.AddAsync(first, Flag.Seen);

        var changes = (await looking.PollAsync(examined.HighestModSeq))!;
        Assert.Equal([first, second], changes.Changed.Select(static message => message.Uid));
        Assert.Equal([second], changes.Recent.Enumerate());
        await other.AddAsync(second, Flag.Seen);
        Assert.True((await looking.PollAsync(changes.HighestModSeq))!.Recent.IsEmpty);
    }

    [Fact]
    public virtual async Task New_keywords_are_among_the_flags()
    {
        var (box, other) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        var uid = await box.AppendAsync();
        var selected = await box.SelectAsync();
        Assert.DoesNotContain(Work, selected.Flags);

        await other.AddAsync(uid, Work);

        Assert.Contains(Work, (await box.PollAsync(selected.HighestModSeq))!.Flags);
    }

    [Fact]
    public virtual async Task A_renamed_mailbox_is_polled_as_before()
    {
        var box = await User.CreateAsync("a");
        var selected = await box.SelectAsync();

        await User.RenameAsync("a", "b");
        var uid = await (await User.OpenAsync("b")).AppendAsync();

        Assert.Equal([uid], (await box.PollAsync(selected.HighestModSeq))!.Changed.Select(static message => message.Uid));
    }

    [Fact]
    public virtual async Task A_deleted_mailbox_cannot_be_polled()
    {
        var box = await User.CreateAsync("a");
        var selected = await box.SelectAsync();

        await (await LoginAsync()).DeleteAsync("a");

        await RefusedAsync(BackendError.NoSuchMailbox, () => box.PollAsync(selected.HighestModSeq));
    }

    [Fact]
    public virtual async Task A_refused_change_is_not_told()
    {
        var box = await InboxAsync();
        await box.AppendAsync();
        var selected = await box.SelectAsync();

        await RefusedAsync(BackendError.NoSuchMailbox, () => box.MoveAsync(UidSet.All, "missing"));
        await RefusedAsync(BackendError.InvalidSequenceNumber, () => box.StoreAsync(SequenceSet.Parse("1:9"), FlagsOperation.Add, Flag.Seen));

        Assert.Null(await box.PollAsync(selected.HighestModSeq));
    }

    [Fact]
    public virtual async Task Polls_from_different_times_agree_on_now()
    {
        var box = await InboxAsync();
        var replicas = new List<Replica>();
        for (var i = 0; i < 5; i++)
        {
            var replica = new Replica(await OpenElsewhereAsync("INBOX"));
            await replica.SelectAsync();
            replicas.Add(replica);
            var uid = await box.AppendAsync();
            await box.AddAsync(uid, Flag.Parse($"k{i}"));
            if (i > 1)
                await box.DiscardAsync((await box.UidsAsync())[0]);
        }

        foreach (var replica in replicas)
        {
            await replica.PollAsync();
            await replica.AssertIsTheMailboxAsync();
        }
    }

    /// <summary>A reader must never be told of modseq N+1 while N is still to come, or it never hears of N. PITFALLS 1.5.</summary>
    [Fact]
    public virtual async Task Whoever_polls_while_others_write_misses_nothing()
    {
        var uids = await (await InboxAsync()).AppendManyAsync(10);
        using var done = new CancellationTokenSource();
        var writing = 4;

        await AtOnceAsync(6, async (user, i) =>
        {
            var box = await user.OpenAsync("INBOX");
            if (i >= 4)
            {
                var replica = new Replica(box);
                await replica.SelectAsync();
                while (!done.IsCancellationRequested)
                    await replica.PollAsync();
                await replica.PollAsync();
                await replica.AssertIsTheMailboxAsync();
                return;
            }

            try
            {
                for (var n = 0; n < 15; n++)
                {
                    var uid = await box.AppendAsync();
                    await box.StoreAsync(UidSet.From(uids), n % 2 == 0 ? FlagsOperation.Add : FlagsOperation.Remove, Flag.Parse($"k{i}"));
                    await box.DiscardAsync(uid);
                }
            }
            finally
            {
                if (Interlocked.Decrement(ref writing) == 0)
                    await done.CancelAsync();
            }
        });
    }
}
