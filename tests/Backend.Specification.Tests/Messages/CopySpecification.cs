namespace Backend.Specification.Tests.Messages;

/// <summary>IMailbox.CopyMessagesAsync. RFC 9051 §6.4.7; RFC 3501 §6.4.7; RFC 4315 §3.</summary>
public abstract class CopySpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    const FetchAttributes Attributes = FetchAttributes.Flags | FetchAttributes.InternalDate | FetchAttributes.Size;

    [Fact]
    public virtual async Task A_copy_is_the_same_message_with_flags_and_date()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        var date = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.FromHours(-7));
        Flag[] flags = [Flag.Seen, Flag.Deleted, Flag.Parse("$Work")];
        await a.CreateMessageAsync(Mail.OfSize(300_000), new AppendOptions { Flags = FlagSet.Of(flags), InternalDate = date });
        var before = await Snapshot.OfAsync(a);

        var copied = await a.CopyAsync(UidSet.All, "b");

        var copy = await b.FetchAsync(Assert.Single(copied.Destination.Enumerate()), Attributes);
        Assert.Equal((FlagSet.Of(flags), date, date.Offset, 300_000), (copy.Flags!.WithoutRecent(), copy.InternalDate, copy.InternalDate!.Value.Offset, copy.Size));
        Assert.Equal(Mail.OfSize(300_000), await b.BodyAsync(copy.Uid));
        Assert.Equal(before, await Snapshot.OfAsync(a));
    }

    [Fact]
    public virtual async Task A_copy_has_every_item_of_the_original()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        var uid = await a.AppendAsync(NestedMessage.Octets);

        var copy = Assert.Single((await a.CopyAsync(UidSet.All, "b")).Destination.Enumerate());

        var (first, second) = (await a.FetchAsync(uid, FetchAttributes.Envelope | FetchAttributes.BodyStructure), await b.FetchAsync(copy, FetchAttributes.Envelope | FetchAttributes.BodyStructure));
        Assert.Equal(first.Message.Envelope!.Encoded.Span, second.Message.Envelope!.Encoded.Span);
        Assert.Equal(first.Message.BodyStructure!.Encoded.Span, second.Message.BodyStructure!.Encoded.Span);
        Assert.Equal(NestedMessage.Part("2.1"), await b.SectionAsync(copy, Sections.Parse("2.1")));
        Assert.Equal([copy], await b.SearchAsync(new SearchKey.Body("inner text")));
    }

    [Fact]
    public virtual async Task A_copy_is_recent_whatever_the_original_is()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        await a.AppendManyAsync(2);
        await a.SelectAsync();

        var copied = await a.CopyAsync(UidSet.All, "b");

        Assert.Equal(copied.Destination.Enumerate(), (await b.SelectAsync()).Recent.Enumerate());
    }

    [Fact]
    public virtual async Task The_answer_pairs_source_and_destination_in_order()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        await b.AppendManyAsync(2);
        var uids = await a.AppendManyAsync(5);
        await a.DiscardAsync(uids[2]);

        var copied = await a.CopyAsync(SequenceSet.Parse("4,1:2"), "b");

        Assert.Equal([uids[0], uids[1], uids[4]], copied.Source.Enumerate());
        Assert.Equal((await b.StatusAsync()).UidValidity, copied.UidValidity);
        var destination = copied.Destination.Enumerate().ToList();
        Assert.Equal(3, destination.Count);
        for (var i = 0; i < 3; i++)
            Assert.Equal(await a.BodyAsync(copied.Source.Enumerate().ElementAt(i)), await b.BodyAsync(destination[i]));
        Assert.Equal(destination, (await b.UidsAsync())[2..]);
    }

    [Fact]
    public virtual async Task Copies_go_to_the_end_of_the_same_mailbox_too()
    {
        var box = await User.CreateAsync("a");
        var uids = await box.AppendManyAsync(3);

        var copied = await box.CopyAsync(UidSet.All, "a");

        var after = await box.UidsAsync();
        Assert.Equal([.. uids, .. copied.Destination.Enumerate()], after);
        Assert.True(copied.Destination.Enumerate().First() > uids[^1]);
        Assert.Equal(Mail.Of("Message 1"), await box.BodyAsync(copied.Destination.Enumerate().First()));
    }

    [Fact]
    public virtual async Task A_copy_outlives_the_original_and_the_other_way_round()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        var (first, second) = (await a.AppendAsync(Mail.OfSize(1000)), await a.AppendAsync(Mail.OfSize(2000)));
        var copies = (await a.CopyAsync(UidSet.All, "b")).Destination.Enumerate().ToList();

        await a.DiscardAsync(first);
        await b.DiscardAsync(copies[1]);

        Assert.Equal(Mail.OfSize(1000), await b.BodyAsync(copies[0]));
        Assert.Equal(Mail.OfSize(2000), await a.BodyAsync(second));
    }

    [Fact]
    public virtual async Task Copies_of_copies_can_all_be_expunged()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();
        await box.CopyAsync(UidSet.All, "a");
        await box.CopyAsync(UidSet.All, "a");

        await box.DiscardAsync(await box.UidsAsync());

        Assert.Empty(await box.UidsAsync());
        await box.AppendAsync();
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("b/missing")]
    [InlineData("B")]
    [InlineData("_")]
    [InlineData("Other")]
    public virtual async Task A_missing_destination_is_an_error_and_is_not_created(string destination)
    {
        await (await User.CreateAsync("a")).AppendAsync();
        await User.CreateAsync("b");

        await RefusedWithoutAnyChangeAsync(BackendError.NoSuchMailbox, async () => await (await User.OpenAsync("a")).CopyAsync(UidSet.All, destination));
    }

    [Fact]
    public virtual async Task A_noselect_destination_is_an_error()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();
        await User.CreateAsync("b/c");
        await User.DeleteAsync("b");

        await RefusedWithoutAnyChangeAsync(BackendError.NotSelectable, () => box.CopyAsync(UidSet.All, "b"));
    }

    [Fact]
    public virtual async Task A_missing_destination_is_an_error_even_when_there_is_nothing_to_copy()
    {
        var box = await User.CreateAsync("a");

        await RefusedAsync(BackendError.NoSuchMailbox, () => box.CopyAsync(UidSet.All, "missing"));
    }

    [Fact]
    public virtual async Task A_sequence_number_above_the_messages_copies_nothing()
    {
        var box = await User.CreateAsync("a");
        await box.AppendManyAsync(3);

        await RefusedWithoutAnyChangeAsync(BackendError.InvalidSequenceNumber, () => box.CopyAsync(SequenceSet.Parse("1:4"), "INBOX"));
    }

    [Theory]
    [InlineData("4294967295")]
    [InlineData("1000:2000")]
    public virtual async Task Uids_that_no_message_has_copy_nothing(string set)
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();
        var before = await Snapshot.OfAsync(User);

        var copied = await box.CopyAsync(UidSet.Parse(set), "INBOX");

        Assert.True(copied.Source.IsEmpty);
        Assert.True(copied.Destination.IsEmpty);
        Assert.Equal(before, await Snapshot.OfAsync(User));
    }

    [Fact]
    public virtual async Task Only_the_uids_that_are_there_are_copied()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        var uids = await a.AppendManyAsync(3);
        await a.DiscardAsync(uids[1]);

        var copied = await a.CopyAsync(UidSet.Parse("1:4294967295"), "b");

        Assert.Equal([uids[0], uids[2]], copied.Source.Enumerate());
        Assert.Equal(2, (await b.UidsAsync()).Length);
    }

    [Fact]
    public virtual async Task The_copies_get_a_modseq_of_the_destination_and_the_source_is_not_changed()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        await a.AppendAsync();
        var (source, destination) = ((await a.SelectAsync()).HighestModSeq, (await b.SelectAsync()).HighestModSeq);

        await a.CopyAsync(UidSet.All, "b");

        Assert.Null(await a.PollAsync(source));
        Assert.Single((await b.PollAsync(destination))!.Changed);
        Assert.True(await b.ModSeqAsync(Assert.Single(await b.UidsAsync())) > destination);
    }

    [Fact]
    public virtual async Task Inbox_is_a_destination_in_any_case()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();

        await box.CopyAsync(UidSet.All, "inbox");

        Assert.Single(await (await InboxAsync()).UidsAsync());
    }

    [Fact]
    public virtual async Task A_thousand_messages_with_many_keywords_are_copied()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        Flag[] keywords = [.. Enumerable.Range(1, 70).Select(static i => Flag.Parse($"k{i}"))];
        await a.AppendAsync("Many keywords", keywords);
        for (var i = 0; i < 10; i++)
            await a.CopyAsync(UidSet.All, "a");

        var copied = await a.CopyAsync(UidSet.All, "b");

        Assert.Equal(1024, copied.Destination.Count);
        Assert.All(await b.ListAsync(UidSet.All, FetchItems.FlagsOnly), message => Assert.Equal(FlagSet.Of(keywords), message.Flags!.WithoutRecent()));
    }

    [Fact]
    public virtual async Task Messages_that_vanish_meanwhile_are_copied_whole_or_not_at_all()
    {
        var b = await User.CreateAsync("b");
        var uids = await (await User.CreateAsync("a")).AppendManyAsync(30);

        await AtOnceAsync(3, async (user, i) =>
        {
            var a = await user.OpenAsync("a");
            if (i == 0)
                await a.DiscardAsync(uids[..15]);
            else
                await a.CopyAsync(UidSet.All, "b");
        });

        foreach (var message in await b.ListAsync(UidSet.All, FetchItems.WholeBody))
            Assert.StartsWith("Date: ", Encoding.UTF8.GetString(message.Octets[0]!));
        Assert.InRange((await b.UidsAsync()).Length, 30, 60);
    }
}
