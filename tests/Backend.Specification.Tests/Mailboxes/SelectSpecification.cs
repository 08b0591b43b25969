namespace Backend.Specification.Tests.Mailboxes;

/// <summary>IMailbox.SelectAsync, as SELECT and as EXAMINE. RFC 9051 §6.3.2-6.3.3; RFC 3501 §2.3.2, §6.3.1-6.3.2.</summary>
public abstract class SelectSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task An_empty_mailbox_has_nothing_but_its_identity()
    {
        var selected = await (await User.CreateAsync("a")).SelectAsync();

        Assert.Empty(selected.Uids);
        Assert.True(selected.Recent.IsEmpty);
        Assert.Null(selected.FirstUnseen);
        Assert.True(selected.UidValidity.Value > 0);
        Assert.True(selected.UidNext >= Uid.MinValue);
        Assert.True(selected.HighestModSeq.Value > 0);
    }

    [Fact]
    public virtual async Task All_messages_are_there_ascending()
    {
        var box = await User.CreateAsync("a");
        var uids = await box.AppendManyAsync(10);
        await box.DiscardAsync(uids[3], uids[9]);

        var selected = await box.SelectAsync();

        Assert.Equal([.. uids[..3], .. uids[4..9]], selected.Uids);
        Assert.True(selected.UidNext > uids[9]);
    }

    [Fact]
    public virtual async Task A_thousand_messages_are_all_there()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();
        for (var i = 0; i < 10; i++)
            await box.CopyAsync(UidSet.All, "a");

        var selected = await box.SelectAsync();

        Assert.Equal(1024, selected.Uids.Length);
        Assert.Equal(selected.Uids.Order(), selected.Uids);
        Assert.Equal(selected.Uids, await box.UidsAsync());
    }

    [Fact]
    public virtual async Task Uidnext_changes_with_messages_and_with_nothing_else()
    {
        var box = await User.CreateAsync("a");
        var uid = await box.AppendAsync();
        var before = (await box.SelectAsync()).UidNext;

        await box.AddAsync(uid, Flag.Seen);
        await box.DiscardAsync(uid);
        Assert.Equal(before, (await box.SelectAsync()).UidNext);

        await box.DiscardAsync(await box.AppendAsync());
        Assert.True((await box.SelectAsync()).UidNext > before);
    }

    [Fact]
    public virtual async Task The_first_unseen_message_is_the_first_without_seen()
    {
        var box = await User.CreateAsync("a");
        var uids = await box.AppendManyAsync(4);
        Assert.Equal(uids[0], (await box.SelectAsync()).FirstUnseen);

        await box.StoreAsync(UidSet.From([uids[0], uids[1], uids[3]]), FlagsOperation.Add, Flag.Seen);
        Assert.Equal(uids[2], (await box.SelectAsync()).FirstUnseen);
        await box.AddAsync(uids[2], Flag.Seen);
        Assert.Null((await box.SelectAsync()).FirstUnseen);
        await box.RemoveAsync(uids[1], Flag.Seen);
        Assert.Equal(uids[1], (await box.ExamineAsync()).FirstUnseen);
    }

    [Fact]
    public virtual async Task The_flags_are_the_system_flags_and_the_keywords_in_use()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync("With a keyword", Flag.Parse("$Forwarded"));

        var selected = await box.SelectAsync();

        Assert.All(Flag.Settable, flag => Assert.Contains(flag, selected.Flags));
        Assert.Contains(Flag.Parse("$forwarded"), selected.Flags);
        Assert.DoesNotContain(Flag.Wildcard, selected.Flags);
    }

    [Fact]
    public virtual async Task Every_flag_but_recent_can_be_changed_for_good_and_new_ones_made()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync("With a keyword", Flag.Parse("$Forwarded"));

        var permanent = (await box.SelectAsync()).PermanentFlags;

        Assert.All(Flag.Settable, flag => Assert.Contains(flag, permanent));
        Assert.Contains(Flag.Parse("$Forwarded"), permanent);
        Assert.Contains(Flag.Wildcard, permanent);
        Assert.DoesNotContain(Flag.Recent, permanent);
    }

    [Fact]
    public virtual async Task The_highest_modseq_is_above_no_later_change()
    {
        var box = await User.CreateAsync("a");
        var uid = await box.AppendAsync();
        var before = await box.SelectAsync();

        Assert.True(before.HighestModSeq >= await box.ModSeqAsync(uid));
        await box.AddAsync(uid, Flag.Seen);
        Assert.True(await box.ModSeqAsync(uid) > before.HighestModSeq);
        var after = await box.SelectAsync();
        Assert.True(after.HighestModSeq >= await box.ModSeqAsync(uid));
    }

    [Fact]
    public virtual async Task A_message_is_recent_to_the_first_who_selects()
    {
        var (first, second) = (await User.CreateAsync("a"), await OpenElsewhereAsync("a"));
        var uids = await first.AppendManyAsync(2);

        Assert.Equal(uids, (await first.SelectAsync()).Recent.Enumerate());
        Assert.True((await second.SelectAsync()).Recent.IsEmpty);
        Assert.True(await first.IsRecentAsync(uids[0]));
        Assert.False(await second.IsRecentAsync(uids[0]));
    }

    [Fact]
    public virtual async Task What_is_recent_to_a_handle_stays_so_when_it_selects_again()
    {
        var box = await User.CreateAsync("a");
        var first = await box.AppendAsync();
        await box.SelectAsync();
        var second = await box.AppendAsync();

        var again = await box.SelectAsync();

        Assert.Equal([first, second], again.Recent.Enumerate());
        Assert.True((await (await User.OpenAsync("a")).SelectAsync()).Recent.IsEmpty);
    }

    [Fact]
    public virtual async Task What_is_expunged_is_recent_to_nobody()
    {
        var box = await User.CreateAsync("a");
        var uids = await box.AppendManyAsync(3);
        await box.DiscardAsync(uids[1]);

        Assert.Equal([uids[0], uids[2]], (await box.SelectAsync()).Recent.Enumerate());
    }

    [Fact]
    public virtual async Task Examine_shows_what_is_recent_and_leaves_it()
    {
        var box = await User.CreateAsync("a");
        var uid = await box.AppendAsync();
        var (first, second) = (await User.OpenAsync("a"), await OpenElsewhereAsync("a"));

        Assert.Equal([uid], (await first.ExamineAsync()).Recent.Enumerate());
        Assert.Equal([uid], (await second.ExamineAsync()).Recent.Enumerate());
        Assert.True(await first.IsRecentAsync(uid));
        Assert.Equal([uid], (await box.SelectAsync()).Recent.Enumerate());
        Assert.True((await (await User.OpenAsync("a")).ExamineAsync()).Recent.IsEmpty);
    }

    [Fact]
    public virtual async Task Of_eight_who_select_at_once_each_message_is_recent_to_one()
    {
        var uids = await (await User.CreateAsync("a")).AppendManyAsync(20);

        var recents = await AtOnceAsync(8, async (user, _) => (await (await user.OpenAsync("a")).SelectAsync()).Recent);

        Assert.Equal(uids, recents.SelectMany(static recent => recent.Enumerate()).Order());
    }

    [Fact]
    public virtual async Task Examine_changes_nothing()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();
        var before = await Snapshot.OfAsync(User);

        await (await User.OpenAsync("a")).ExamineAsync();

        Assert.Equal(before, await Snapshot.OfAsync(User));
    }

    /// <summary>RFC 3501 §6.3.2: all the same, but under EXAMINE no flag can be changed for good.</summary>
    [Fact]
    public virtual async Task Select_and_examine_tell_the_same_but_what_can_be_changed()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync("One", Flag.Parse("$One"));
        await box.AppendAsync("Two", Flag.Seen);

        var examined = await (await User.OpenAsync("a")).ExamineAsync();
        var selected = await box.SelectAsync();

        Assert.Equal(examined.Uids, selected.Uids);
        Assert.Equal(examined with { Uids = selected.Uids, PermanentFlags = selected.PermanentFlags, IsReadOnly = false }, selected);
        Assert.True(examined.IsReadOnly);
        Assert.Empty(examined.PermanentFlags);
    }

    [Fact]
    public virtual async Task A_mailbox_opened_by_examine_refuses_changes()
    {
        var box = await User.CreateAsync("a");
        var uid = await box.AppendAsync("Marked", Flag.Deleted);
        await User.CreateAsync("b");
        await box.ExamineAsync();

        await RefusedWithoutAnyChangeAsync(BackendError.ReadOnly, () => box.AddAsync(uid, Flag.Seen));
        await RefusedWithoutAnyChangeAsync(BackendError.ReadOnly, () => box.RemoveAsync(uid, Flag.Deleted));
        await RefusedWithoutAnyChangeAsync(BackendError.ReadOnly, () => box.ReplaceAsync(uid));
        await RefusedWithoutAnyChangeAsync(BackendError.ReadOnly, () => box.ExpungeAsync());
        await RefusedWithoutAnyChangeAsync(BackendError.ReadOnly, () => box.ExpungeAsync(UidSet.Of(uid)));
        await RefusedWithoutAnyChangeAsync(BackendError.ReadOnly, () => box.MoveAsync(UidSet.All, "b"));
    }

    /// <summary>COPY changes its destination only: it is allowed from a mailbox that is only looked at.</summary>
    [Fact]
    public virtual async Task A_mailbox_opened_by_examine_can_be_copied_from()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();
        await User.CreateAsync("b");
        await box.ExamineAsync();

        await box.CopyAsync(UidSet.All, "b");

        Assert.Single(await (await User.OpenAsync("b")).UidsAsync());
    }

    [Fact]
    public virtual async Task Select_after_examine_opens_for_writing_again_and_the_other_way_round()
    {
        var box = await User.CreateAsync("a");
        var uid = await box.AppendAsync();
        await box.ExamineAsync();

        await box.SelectAsync();
        await box.AddAsync(uid, Flag.Seen);
        await box.ExamineAsync();

        await RefusedAsync(BackendError.ReadOnly, () => box.RemoveAsync(uid, Flag.Seen));
    }

    [Fact]
    public virtual async Task Examine_binds_one_handle_and_no_other()
    {
        var box = await User.CreateAsync("a");
        var uid = await box.AppendAsync();
        await (await User.OpenAsync("a")).ExamineAsync();

        await box.AddAsync(uid, Flag.Seen);

        Assert.Equal(FlagSet.Of(Flag.Seen), await box.FlagsAsync(uid));
    }

    /// <summary>EXISTS comes from the list, never from a counter; all of it is one state (PITFALLS 3, item 5).</summary>
    [Fact]
    public virtual async Task What_select_tells_is_one_state_while_others_append()
    {
        await User.CreateAsync("a");

        await AtOnceAsync(4, async (user, i) =>
        {
            var box = await user.OpenAsync("a");
            for (var n = 0; n < 25; n++)
            {
                if (i < 2)
                {
                    await box.AppendAsync();
                    continue;
                }

                var selected = await box.SelectAsync();
                Assert.Equal(selected.Uids.Distinct().Order(), selected.Uids);
                Assert.All(selected.Uids, uid => Assert.True(uid < selected.UidNext));
                Assert.Equal(selected.Uids.FirstOrDefault(), selected.FirstUnseen ?? default);
                var changes = await box.PollAsync(selected.HighestModSeq);
                Assert.DoesNotContain(changes?.Changed ?? [], message => message.Uid < selected.UidNext);
            }
        });
    }
}
