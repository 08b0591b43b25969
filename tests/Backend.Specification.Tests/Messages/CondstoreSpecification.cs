namespace Backend.Specification.Tests.Messages;

/// <summary>ICondstoreMailbox: what changed since, and changes under a condition. RFC 7162 §3.1.3, §3.1.4.1, §3.1.11.</summary>
public abstract class CondstoreSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    static readonly Flag Work = Flag.Parse("$Work");

    [Fact]
    public virtual async Task Only_what_changed_afterwards_is_listed()
    {
        var (box, other) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        var uids = await box.AppendManyAsync(6);
        var since = (await box.SelectAsync()).HighestModSeq;

        Assert.Empty(await ChangedAsync(box, UidSet.All, since));
        await other.AddAsync(uids[1], Flag.Seen);
        await other.AddAsync(uids[4], Work);
        var last = await other.AppendAsync();

        Assert.Equal([uids[1], uids[4], last], await ChangedAsync(box, UidSet.All, since));
        Assert.Equal([uids[4]], await ChangedAsync(box, UidSet.Between(uids[2], uids[5]), since));
        Assert.Equal([uids[1], uids[4], last], await ChangedAsync(box, SequenceSet.All, since));
        Assert.Equal([uids[1]], await ChangedAsync(box, SequenceSet.Parse("1:3"), since));
        Assert.Equal(uids.Append(last), await ChangedAsync(box, UidSet.All, ModSeq.Zero));
    }

    [Fact]
    public virtual async Task What_is_listed_has_all_that_was_asked_for()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(3);
        var since = (await box.SelectAsync()).HighestModSeq;
        var stored = await box.AddAsync(uids[1], Flag.Flagged);

        var items = new FetchItems { Attributes = FetchAttributes.Flags | FetchAttributes.ModSeq | FetchAttributes.Envelope, Sections = [new SectionItem(Section.Whole)] };
        var found = new List<Message>();
        await foreach (var each in Mailbox(box).ListChangedMessagesAsync(SequenceSet.All, since, items, Token))
        {
            found.Add(each);
            Assert.Equal(Mail.Of("Message 2"), await each.Sections[0].Content!.ToArrayAsync(Token));
        }

        var message = Assert.Single(found);
        Assert.Equal((uids[1], stored.ModSeq, new SequenceNumber(2)), (message.Uid, message.ModSeq, message.SequenceNumber));
        Assert.Contains(Flag.Flagged, message.Flags!);
        Assert.NotNull(message.Envelope);
    }

    [Fact]
    public virtual async Task A_message_that_changed_twice_counts_as_of_its_last_change()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(2);
        await box.AddAsync(uids[0], Flag.Seen);
        var first = (await box.AddAsync(uids[1], Flag.Seen)).ModSeq!.Value;
        var second = (await box.AddAsync(uids[0], Flag.Flagged)).ModSeq!.Value;

        Assert.Equal([uids[0]], await ChangedAsync(box, UidSet.All, first));
        Assert.Empty(await ChangedAsync(box, UidSet.All, second));
    }

    [Fact]
    public virtual async Task What_was_copied_and_moved_here_has_changed()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        var uids = await a.AppendManyAsync(3);
        var kept = await b.AppendAsync();
        var since = (await b.SelectAsync()).HighestModSeq;

        var copied = (await a.CopyAsync(UidSet.Of(uids[0]), "b")).Destination.Enumerate();
        var moved = (await a.MoveAsync(UidSet.From(uids[1..]), "b")).Copied.Destination.Enumerate();

        Assert.Equal(copied.Concat(moved), await ChangedAsync(b, UidSet.All, since));
        Assert.DoesNotContain(kept, await ChangedAsync(b, UidSet.All, since));
    }

    /// <summary>What INBOX had in it has changed when it has, under whatever name. RFC 9051 §6.3.6.</summary>
    [Fact]
    public virtual async Task What_was_in_INBOX_keeps_its_changes_under_the_new_name()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(3);
        var since = (await box.SelectAsync()).HighestModSeq;
        await box.AddAsync(uids[0], Flag.Seen);
        await User.RenameAsync("INBOX", "old");

        Assert.Equal([uids[0]], await ChangedAsync(await User.OpenAsync("old"), UidSet.All, since));
    }

    /// <summary>RFC 7162 §5.3: whatever the log still has.</summary>
    [Fact]
    public virtual async Task A_log_that_was_cut_hides_no_change()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(5);
        var since = (await box.SelectAsync()).HighestModSeq;
        await box.AddAsync(uids[3], Flag.Seen);
        await box.DiscardAsync(uids[0]);
        await Fixture.ForgetChangesAsync(Token);
        await box.AddAsync(uids[1], Flag.Seen);

        Assert.Equal([uids[1], uids[3]], await ChangedAsync(box, UidSet.All, since));
    }

    [Fact]
    public virtual async Task Many_changes_all_over_a_mailbox_are_found()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(60);
        var since = (await box.SelectAsync()).HighestModSeq;
        var expected = uids.Where(static (_, i) => i % 3 == 0).ToArray();
        foreach (var uid in expected)
            await box.AddAsync(uid, Flag.Answered);

        Assert.Equal(expected, await ChangedAsync(box, UidSet.All, since));
        Assert.Equal(expected[..10], await ChangedAsync(box, UidSet.Between(uids[0], expected[9]), since));
    }

    [Fact]
    public virtual async Task Only_what_did_not_change_is_changed()
    {
        var (box, other) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        var uids = await box.AppendManyAsync(4);
        var since = (await box.SelectAsync()).HighestModSeq;
        await other.AddAsync(uids[1], Flag.Seen);
        await other.AddAsync(uids[3], Work);

        var data = await StoreAsync(box, UidSet.All, since, FlagsOperation.Add, Flag.Flagged);

        Assert.Equal([uids[1], uids[3]], data.Modified.Enumerate());
        Assert.Equal([uids[0], uids[2]], data.Stored.Changed.Select(static message => message.Uid));
        Assert.All(data.Stored.Changed, message => Assert.Equal(data.Stored.ModSeq, message.ModSeq));
        Assert.True(data.Stored.ModSeq > since);
        Assert.Equal(FlagSet.Of(Flag.Seen), await box.FlagsAsync(uids[1]));
        Assert.Equal(FlagSet.Of(Flag.Flagged), await box.FlagsAsync(uids[0]));
        Assert.Equal(FlagSet.Of(Work), await box.FlagsAsync(uids[3]));
    }

    /// <summary>The condition is "equal to or less".</summary>
    [Fact]
    public virtual async Task The_modseq_of_the_last_change_itself_is_high_enough()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync();
        var modSeq = (await box.AddAsync(uid, Flag.Seen)).ModSeq!.Value;

        Assert.Equal([uid], (await StoreAsync(box, UidSet.Of(uid), new ModSeq(modSeq.Value - 1), FlagsOperation.Remove, Flag.Seen)).Modified.Enumerate());
        Assert.True((await StoreAsync(box, UidSet.Of(uid), modSeq, FlagsOperation.Remove, Flag.Seen)).Modified.IsEmpty);
        Assert.Equal(FlagSet.Empty, await box.FlagsAsync(uid));
    }

    [Fact]
    public virtual async Task Zero_fails_for_every_message_that_is_there()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(2);
        await box.DiscardAsync(uids[0]);

        var data = await StoreAsync(box, UidSet.All, ModSeq.Zero, FlagsOperation.Add, Work);

        Assert.Equal([uids[1]], data.Modified.Enumerate());
        Assert.Equal(StoreData.Nothing, data.Stored);
        Assert.Equal(FlagSet.Empty, await box.FlagsAsync(uids[1]));
    }

    /// <summary>RFC 7162 §3.1.11.</summary>
    [Fact]
    public virtual async Task A_message_that_has_the_flags_already_passes_and_keeps_its_modseq()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(2);
        var stored = await box.AddAsync(uids[0], Flag.Seen);

        var data = await StoreAsync(box, UidSet.All, stored.ModSeq!.Value, FlagsOperation.Add, Flag.Seen);

        Assert.True(data.Modified.IsEmpty);
        Assert.Equal([uids[1]], data.Stored.Changed.Select(static message => message.Uid));
        Assert.Equal(stored.ModSeq, await box.ModSeqAsync(uids[0]));
    }

    [Fact]
    public virtual async Task Keywords_without_number_are_changed_under_the_condition_too()
    {
        var (box, other) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        var uids = await box.AppendManyAsync(3);
        var many = Enumerable.Range(0, 70).Select(static i => Flag.Parse($"$Keyword{i}")).ToArray();
        await other.AddAsync(uids[0], many);
        var since = (await box.SelectAsync()).HighestModSeq;
        await other.RemoveAsync(uids[0], many[69]);

        var data = await StoreAsync(box, UidSet.All, since, FlagsOperation.Add, many[68]);

        Assert.Equal([uids[0]], data.Modified.Enumerate());
        Assert.Equal(FlagSet.Of(many[68]), await box.FlagsAsync(uids[1]));
        Assert.Equal(FlagSet.Of(many[..69]), await box.FlagsAsync(uids[0]));
    }

    /// <summary>RFC 7162 §3.1.3: nobody comes in between the comparison and the change.</summary>
    [Fact]
    public virtual async Task Of_many_at_once_one_wins()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync();
        var since = (await box.SelectAsync()).HighestModSeq;
        var others = new List<IMailbox>();
        for (var i = 0; i < 8; i++)
            others.Add(await OpenElsewhereAsync("INBOX"));

        var results = await Task.WhenAll(others.Select((other, i) => StoreAsync(other, UidSet.Of(uid), since, FlagsOperation.Add, Flag.Parse($"$By{i}"))));

        Assert.Single(results, static result => result.Modified.IsEmpty);
        Assert.Single(await box.FlagsAsync(uid));
    }

    [Fact]
    public virtual async Task In_a_mailbox_open_for_reading_nothing_is_changed()
    {
        var box = await InboxAsync();
        await box.AppendAsync();
        var since = (await box.ExamineAsync()).HighestModSeq;

        await RefusedWithoutAnyChangeAsync(BackendError.ReadOnly, () => StoreAsync(box, UidSet.All, since, FlagsOperation.Add, Flag.Seen));
    }

    [Fact]
    public virtual async Task A_mailbox_that_is_gone_is_an_error()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();
        await User.DeleteMailboxAsync(MailboxName.Parse("a"), Token);

        await RefusedAsync(BackendError.NoSuchMailbox, () => ChangedAsync(box, UidSet.All, new ModSeq(1)));
        await RefusedAsync(BackendError.NoSuchMailbox, () => StoreAsync(box, UidSet.All, new ModSeq(1), FlagsOperation.Add, Flag.Seen));
    }

    static ICondstoreMailbox Mailbox(IMailbox mailbox) => Assert.IsAssignableFrom<ICondstoreMailbox>(mailbox);

    static Task<ConditionalStoreData> StoreAsync(IMailbox mailbox, NumberSet messages, ModSeq since, FlagsOperation operation, params Flag[] flags) =>
        Mailbox(mailbox).UpdateUnchangedMessagesFlagsAsync(messages, since, operation, FlagSet.Of(flags), Token);

    static async Task<Uid[]> ChangedAsync(IMailbox mailbox, NumberSet messages, ModSeq since)
    {
        var uids = new List<Uid>();
        await foreach (var message in Mailbox(mailbox).ListChangedMessagesAsync(messages, since, new FetchItems { Attributes = FetchAttributes.ModSeq }, Token))
        {
            Assert.True(message.ModSeq > since);
            uids.Add(message.Uid);
        }

        return [.. uids];
    }
}
