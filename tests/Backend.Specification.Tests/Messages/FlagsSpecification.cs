namespace Backend.Specification.Tests.Messages;

/// <summary>IMailbox.UpdateMessagesFlagsAsync. RFC 9051 §2.3.2, §6.4.6; RFC 3501 §2.3.2, §6.4.6; RFC 7162 §3.1, §3.1.11.</summary>
public abstract class FlagsSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    static readonly Flag Work = Flag.Parse("$Work");

    [Theory]
    [InlineData(FlagsOperation.Add, "\\Seen", "\\Flagged $Work \\Seen")]
    [InlineData(FlagsOperation.Add, "\\Seen Home", "\\Flagged $Work \\Seen Home")]
    [InlineData(FlagsOperation.Add, "\\Answered \\Deleted \\Draft \\Seen", "\\Flagged $Work \\Answered \\Deleted \\Draft \\Seen")]
    [InlineData(FlagsOperation.Add, "\\Flagged \\Seen", "\\Flagged $Work \\Seen")]
    [InlineData(FlagsOperation.Remove, "\\Flagged", "$Work")]
    [InlineData(FlagsOperation.Remove, "$WORK", "\\Flagged")]
    [InlineData(FlagsOperation.Remove, "\\Flagged $Work", "")]
    [InlineData(FlagsOperation.Remove, "\\Flagged \\Seen Home", "$Work")]
    [InlineData(FlagsOperation.Replace, "\\Seen", "\\Seen")]
    [InlineData(FlagsOperation.Replace, "Home \\Flagged", "Home \\Flagged")]
    [InlineData(FlagsOperation.Replace, "", "")]
    [InlineData(FlagsOperation.Replace, "$Work", "$Work")]
    public virtual async Task Flags_are_added_removed_and_replaced(FlagsOperation operation, string flags, string expected)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync("Marked", Flag.Flagged, Work);
        var other = await box.AppendAsync("Other", Flag.Flagged, Work);

        var stored = await box.StoreAsync(UidSet.Of(uid), operation, Flags(flags));

        Assert.Equal(FlagSet.Of(Flags(expected)), await box.FlagsAsync(uid));
        var changed = Assert.Single(stored.Changed);
        Assert.Equal((uid, FlagSet.Of(Flags(expected)), stored.ModSeq), (changed.Uid, changed.Flags.WithoutRecent(), changed.ModSeq));
        Assert.Equal(FlagSet.Of(Flag.Flagged, Work), await box.FlagsAsync(other));
    }

    [Theory]
    [InlineData(FlagsOperation.Add, "\\Flagged")]
    [InlineData(FlagsOperation.Add, "$work \\Flagged")]
    [InlineData(FlagsOperation.Add, "")]
    [InlineData(FlagsOperation.Remove, "\\Seen")]
    [InlineData(FlagsOperation.Remove, "Never-Used")]
    [InlineData(FlagsOperation.Remove, "")]
    [InlineData(FlagsOperation.Replace, "$WORK \\Flagged")]
    [InlineData(FlagsOperation.Add, "\\Recent")]
    [InlineData(FlagsOperation.Remove, "\\Recent")]
    [InlineData(FlagsOperation.Replace, "\\Recent \\Flagged $Work")]
    public virtual async Task A_message_that_has_the_flags_already_is_not_changed(FlagsOperation operation, string flags)
    {
        var box = await InboxAsync();
        await box.AppendAsync("Marked", Flag.Flagged, Work);
        await box.SelectAsync();
        var before = await Snapshot.OfAsync(box);

        var stored = await box.StoreAsync(UidSet.All, operation, Flags(flags));

        Assert.Null(stored.ModSeq);
        Assert.Empty(stored.Changed);
        Assert.Equal(before, await Snapshot.OfAsync(box));
    }

    [Fact]
    public virtual async Task Only_the_messages_that_change_are_reported_and_get_the_modseq()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(4);
        await box.AddAsync(uids[1], Flag.Seen);
        var before = (await box.ListAsync(UidSet.All, FetchAttributes.ModSeq)).ConvertAll(static message => message.ModSeq);

        var stored = await box.StoreAsync(SequenceSet.Parse("1:3"), FlagsOperation.Add, Flag.Seen);

        Assert.Equal([uids[0], uids[2]], stored.Changed.Select(static message => message.Uid));
        Assert.All(stored.Changed, message => Assert.Equal(stored.ModSeq, message.ModSeq));
        var after = (await box.ListAsync(UidSet.All, FetchAttributes.ModSeq)).ConvertAll(static message => message.ModSeq);
        Assert.Equal([stored.ModSeq, before[1], stored.ModSeq, before[3]], after);
        Assert.True(stored.ModSeq > before.Max());
    }

    [Fact]
    public virtual async Task Recent_is_neither_set_nor_removed()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync();
        await box.SelectAsync();

        var replaced = await box.ReplaceAsync(uid, Flag.Seen);
        Assert.Equal(FlagSet.Of(Flag.Seen, Flag.Recent), Assert.Single(replaced.Changed).Flags);
        await box.RemoveAsync(uid, Flag.Recent, Flag.Seen);
        Assert.True(await box.IsRecentAsync(uid));
        Assert.Equal(FlagSet.Empty, await box.FlagsAsync(uid));

        var other = await OpenElsewhereAsync("INBOX");
        await other.SelectAsync();
        Assert.Equal(FlagSet.Of(Flag.Flagged), Assert.Single((await other.AddAsync(uid, Flag.Recent, Flag.Flagged)).Changed).Flags);
        Assert.False(await other.IsRecentAsync(uid));
    }

    [Fact]
    public virtual async Task Uids_that_no_message_has_change_nothing()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(3);
        await box.DiscardAsync(uids[1]);

        var stored = await box.StoreAsync(UidSet.FromRanges([new NumberRange(uids[1].Value, uids[1].Value), new NumberRange(uids[2].Value, uint.MaxValue)]), FlagsOperation.Add, Flag.Seen);

        Assert.Equal([uids[2]], stored.Changed.Select(static message => message.Uid));
        Assert.Empty((await box.StoreAsync(UidSet.Parse("4294967295"), FlagsOperation.Add, Flag.Seen)).Changed);
        Assert.Empty((await box.StoreAsync(UidSet.Empty, FlagsOperation.Add, Flag.Seen)).Changed);
    }

    [Theory]
    [InlineData("4")]
    [InlineData("1,4")]
    [InlineData("3:4")]
    public virtual async Task A_sequence_number_above_the_messages_changes_nothing(string set)
    {
        var box = await InboxAsync();
        await box.AppendManyAsync(3);

        await RefusedWithoutAnyChangeAsync(BackendError.InvalidSequenceNumber, () => box.StoreAsync(SequenceSet.Parse(set), FlagsOperation.Add, Flag.Seen));
    }

    [Fact]
    public virtual async Task An_empty_mailbox_has_nothing_to_change()
    {
        var box = await InboxAsync();

        Assert.Null((await box.StoreAsync(SequenceSet.All, FlagsOperation.Add, Flag.Seen)).ModSeq);
        Assert.Null((await box.StoreAsync(UidSet.All, FlagsOperation.Replace)).ModSeq);
    }

    [Fact]
    public virtual async Task Sets_of_any_form_name_each_message_once_ascending()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(5);

        var stored = await box.StoreAsync(SequenceSet.Parse("*,4:2,3,1"), FlagsOperation.Add, Flag.Seen);

        Assert.Equal(uids, stored.Changed.Select(static message => message.Uid));
    }

    [Fact]
    public virtual async Task A_thousand_messages_change_with_one_modseq()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();
        for (var i = 0; i < 10; i++)
            await box.CopyAsync(UidSet.All, "a");

        var stored = await box.StoreAsync(SequenceSet.All, FlagsOperation.Add, Flag.Seen, Work);

        Assert.Equal(1024, stored.Changed.Length);
        Assert.Single(stored.Changed.Select(static message => message.ModSeq).Distinct());
        Assert.All(await box.ListAsync(UidSet.All, FetchItems.FlagsOnly), static message => Assert.Equal(FlagSet.Of(Flag.Seen, Work), message.Flags!.WithoutRecent()));
    }

    [Fact]
    public virtual async Task Each_change_has_a_higher_modseq_than_the_last()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync();
        var last = await box.ModSeqAsync(uid);

        for (var i = 0; i < 10; i++)
        {
            var stored = i % 2 == 0 ? await box.AddAsync(uid, Flag.Seen) : await box.RemoveAsync(uid, Flag.Seen);
            Assert.True(stored.ModSeq > last);
            Assert.Equal(stored.ModSeq, await box.ModSeqAsync(uid));
            last = stored.ModSeq!.Value;
        }
    }

    /// <summary>A copy may share its content with the original, but not its flags. PITFALLS 2, item 1.</summary>
    [Fact]
    public virtual async Task A_copy_has_flags_of_its_own()
    {
        var box = await User.CreateAsync("a");
        var other = await User.CreateAsync("b");
        var uid = await box.AppendAsync("Original", Work);
        await box.CopyAsync(UidSet.Of(uid), "b");
        await box.CopyAsync(UidSet.Of(uid), "a");
        var before = await Snapshot.OfAsync(other);

        await box.ReplaceAsync(uid, Flag.Seen);

        Assert.Equal(before, await Snapshot.OfAsync(other));
        Assert.Equal([FlagSet.Of(Flag.Seen), FlagSet.Of(Work)], (await box.ListAsync(UidSet.All, FetchItems.FlagsOnly)).Select(static message => message.Flags!.WithoutRecent()));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(150)]
    public virtual async Task Many_keywords_can_be_added_and_removed_one_by_one(int count)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync();
        Flag[] keywords = [.. Enumerable.Range(1, count).Select(static i => Flag.Parse($"k{i}"))];

        foreach (var keyword in keywords)
            await box.AddAsync(uid, keyword);
        Assert.Equal(FlagSet.Of(keywords), await box.FlagsAsync(uid));
        await box.RemoveAsync(uid, keywords[^1], keywords[0]);
        Assert.Equal(FlagSet.Of(keywords[1..^1]), await box.FlagsAsync(uid));
        await box.ReplaceAsync(uid, keywords[^2], Flag.Seen);
        Assert.Equal(FlagSet.Of(keywords[^2], Flag.Seen), await box.FlagsAsync(uid));
        await box.ReplaceAsync(uid);
        Assert.Equal(FlagSet.Empty, await box.FlagsAsync(uid));
    }

    [Fact]
    public virtual async Task To_remove_a_keyword_that_nobody_has_makes_none()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync("Subject", Work);

        var removed = await box.RemoveAsync(uid, Work, Flag.Parse("$Nobody"));

        Assert.Equal(FlagSet.Empty, Assert.Single(removed.Changed).Flags.WithoutRecent());
        Assert.DoesNotContain(Flag.Parse("$Nobody"), (await box.SelectAsync()).Flags);
    }

    [Fact]
    public virtual async Task Late_keywords_follow_the_same_rules_as_early_ones()
    {
        var box = await InboxAsync();
        Flag[] keywords = [.. Enumerable.Range(1, 100).Select(static i => Flag.Parse($"k{i}"))];
        var full = await box.AppendAsync("All keywords", keywords);
        var uid = await box.AppendAsync("None");

        var added = await box.AddAsync(uid, keywords[99]);
        Assert.Equal(FlagSet.Of(keywords[99]), Assert.Single(added.Changed).Flags.WithoutRecent());
        Assert.Null((await box.AddAsync(uid, Flag.Parse("K100"))).ModSeq);
        Assert.Null((await box.ReplaceAsync(uid, keywords[99])).ModSeq);
        Assert.Null((await box.RemoveAsync(uid, keywords[98])).ModSeq);
        var both = await box.StoreAsync(UidSet.All, FlagsOperation.Remove, keywords[99]);
        Assert.Equal([full, uid], both.Changed.Select(static message => message.Uid));
        Assert.Equal(99, (await box.FlagsAsync(full)).Count);
    }

    [Fact]
    public virtual async Task Keywords_of_any_case_are_the_same()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync("Marked", Flag.Parse("Project"));

        Assert.Null((await box.AddAsync(uid, Flag.Parse("PROJECT"))).ModSeq);
        await box.RemoveAsync(uid, Flag.Parse("pROJECT"));

        Assert.Equal(FlagSet.Empty, await box.FlagsAsync(uid));
    }

    [Fact]
    public virtual async Task A_keyword_has_one_spelling_in_all_mailboxes()
    {
        var box = await User.CreateAsync("a");
        await (await InboxAsync()).AppendAsync("First", Flag.Parse("Project"));
        var uid = await box.AppendAsync();

        await box.AddAsync(uid, Flag.Parse("project"));

        Assert.Equal("Project", Assert.Single(await box.FlagsAsync(uid)).Name);
    }

    [Fact]
    public virtual async Task What_eight_add_at_once_is_all_there()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync();

        await AtOnceAsync(8, async (user, i) =>
        {
            var mine = await user.OpenAsync("INBOX");
            for (var n = 0; n < 10; n++)
                await mine.AddAsync(uid, Flag.Parse($"k{i}-{n}"));
        });

        Assert.Equal(80, (await box.FlagsAsync(uid)).Count);
    }

    [Fact]
    public virtual async Task Modseqs_of_eight_who_change_at_once_are_all_different()
    {
        var uids = await (await InboxAsync()).AppendManyAsync(8);

        var modSeqs = await AtOnceAsync(8, async (user, i) =>
        {
            var mine = await user.OpenAsync("INBOX");
            var got = new List<ModSeq>();
            for (var n = 0; n < 10; n++)
                got.Add((n % 2 == 0 ? await mine.AddAsync(uids[i], Flag.Seen) : await mine.RemoveAsync(uids[i], Flag.Seen)).ModSeq!.Value);
            return got;
        });

        Assert.All(modSeqs, static mine => Assert.Equal(mine.Order(), mine));
        Assert.Equal(80, modSeqs.SelectMany(static mine => mine).Distinct().Count());
    }

    static Flag[] Flags(string names) => [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Flag.Parse)];
}
