namespace Backend.Specification.Tests.Messages;

/// <summary>IMailbox.ExpungeAsync. RFC 9051 §6.4.3, §6.4.9; RFC 3501 §6.4.3; RFC 4315 §2.1.</summary>
public abstract class ExpungeSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task Only_deleted_messages_go()
    {
        var box = await InboxAsync();
        var kept = await box.AppendAsync("Kept", Flag.Seen, Flag.Parse("Deleted"));
        var gone = await box.AppendAsync("Gone", Flag.Deleted);
        var plain = await box.AppendAsync("Plain");

        var expunged = await box.ExpungeAsync();

        Assert.Equal([gone], expunged.Expunged.Enumerate());
        Assert.Equal([kept, plain], await box.UidsAsync());
    }

    [Fact]
    public virtual async Task Without_a_deleted_message_nothing_happens()
    {
        var box = await InboxAsync();
        await box.AppendManyAsync(2);
        var before = await Snapshot.OfAsync(User);

        var expunged = await box.ExpungeAsync();

        Assert.True(expunged.Expunged.IsEmpty);
        Assert.Null(expunged.ModSeq);
        Assert.Equal(before, await Snapshot.OfAsync(User));
    }

    [Fact]
    public virtual async Task An_empty_mailbox_has_nothing_to_expunge()
    {
        var box = await InboxAsync();

        Assert.Null((await box.ExpungeAsync()).ModSeq);
        Assert.Null((await box.ExpungeAsync(UidSet.All)).ModSeq);
    }

    /// <summary>RFC 4315 §2.1: those that are both deleted and in the set. UIDs are written as positions among five messages, of which 1, 3 and 5 are deleted.</summary>
    [Theory]
    [InlineData("1", "1")]
    [InlineData("2", "")]
    [InlineData("1:3", "1 3")]
    [InlineData("4:*", "5")]
    [InlineData("*", "5")]
    [InlineData("5,1", "1 5")]
    [InlineData("1:4294967295", "1 3 5")]
    [InlineData("4294967295", "")]
    [InlineData("4294967295:*", "5")]
    public virtual async Task Of_a_set_only_deleted_messages_go(string set, string expected)
    {
        var box = await User.CreateAsync("a");
        var uids = new Uid[5];
        for (var i = 0; i < 5; i++)
            uids[i] = await box.AppendAsync($"Message {i + 1}", i % 2 == 0 ? [Flag.Deleted] : []);

        var expunged = await box.ExpungeAsync(UidSet.FromRanges(UidSet.Parse(set).Ranges.Select(ToUids)));

        Assert.Equal(expected, string.Join(' ', expunged.Expunged.Enumerate().Select(uid => Array.IndexOf(uids, uid) + 1)));
        Assert.Equal(uids.Except(expunged.Expunged.Enumerate()), await box.UidsAsync());

        NumberRange ToUids(NumberRange range) => new(ToUid(range.First), ToUid(range.Last));

        uint ToUid(uint position) => position is NumberRange.Star or uint.MaxValue ? position : uids[position - 1].Value;
    }

    [Fact]
    public virtual async Task An_empty_set_expunges_nothing()
    {
        var box = await InboxAsync();
        await box.AppendAsync("Deleted", Flag.Deleted);

        Assert.Null((await box.ExpungeAsync(UidSet.Empty)).ModSeq);
        Assert.Single(await box.UidsAsync());
    }

    [Fact]
    public virtual async Task It_is_one_change_with_one_modseq_that_a_poll_tells()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(5);
        await box.StoreAsync(UidSet.From([uids[0], uids[2], uids[3]]), FlagsOperation.Add, Flag.Deleted);
        var before = (await box.SelectAsync()).HighestModSeq;

        var expunged = await box.ExpungeAsync();

        Assert.True(expunged.ModSeq > before);
        var changes = await box.PollAsync(before);
        Assert.Equal([uids[0], uids[2], uids[3]], changes!.Expunged.Enumerate());
        Assert.Empty(changes.Changed);
        Assert.True(changes.HighestModSeq >= expunged.ModSeq);
    }

    [Fact]
    public virtual async Task The_uid_of_a_message_that_went_is_never_given_again()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(3);

        await box.DiscardAsync(uids);

        Assert.True(await box.AppendAsync() > uids[2]);
    }

    [Fact]
    public virtual async Task A_message_that_went_is_found_by_nobody()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync("Unique words", Flag.Parse("$Work"));
        var copy = await box.AppendAsync("Unique words");

        await box.DiscardAsync(uid);

        Assert.Equal([copy], await box.SearchAsync(new SearchKey.Text("unique words")));
        Assert.Empty(await box.SearchAsync(new SearchKey.HasFlag(Flag.Parse("$Work"))));
        Assert.Empty(await box.ListAsync(UidSet.Of(uid), FetchItems.WholeBody));
        Assert.Empty((await box.AddAsync(uid, Flag.Seen)).Changed);
        Assert.True((await box.CopyAsync(UidSet.Of(uid), "INBOX")).Source.IsEmpty);
    }

    /// <summary>PITFALLS 2, item 7: two copies of one body expunged together.</summary>
    [Fact]
    public virtual async Task Copies_expunged_together_with_the_original_leave_nothing_behind()
    {
        var box = await InboxAsync();
        var needle = "Needle-in-the-store-9d1c";
        await box.AppendAsync(Mail.Of("Large", string.Concat(Enumerable.Repeat(needle + "\r\n", 1000))));
        await box.CopyAsync(UidSet.All, "INBOX");

        await box.DiscardAsync(await box.UidsAsync());

        Assert.Empty(await box.SearchAsync(new SearchKey.Body(needle)));
        Assert.Equal(0, (await box.StatusAsync()).Size);
    }

    [Fact]
    public virtual async Task Of_eight_who_expunge_at_once_each_message_is_reported_once()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(30);
        await box.StoreAsync(UidSet.All, FlagsOperation.Add, Flag.Deleted);

        var expunged = await AtOnceAsync(8, async (user, i) => await (await user.OpenAsync("INBOX")).ExpungeAsync(i % 2 == 0 ? null : UidSet.All));

        Assert.Equal(uids, expunged.SelectMany(static data => data.Expunged.Enumerate()).Order());
        Assert.Empty(await box.UidsAsync());
    }

    [Fact]
    public virtual async Task A_message_marked_by_one_connection_can_be_expunged_by_another()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync();
        await box.AddAsync(uid, Flag.Deleted);

        Assert.Equal([uid], (await (await OpenElsewhereAsync("INBOX")).ExpungeAsync()).Expunged.Enumerate());
    }

    [Fact]
    public virtual async Task A_thousand_messages_go_at_once_and_in_gaps()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();
        for (var i = 0; i < 10; i++)
            await box.CopyAsync(UidSet.All, "a");
        var uids = await box.UidsAsync();
        Uid[] odd = [.. uids.Where(static (_, i) => i % 2 == 1)];
        await box.StoreAsync(UidSet.From(odd), FlagsOperation.Add, Flag.Deleted);

        var expunged = await box.ExpungeAsync();

        Assert.Equal(odd, expunged.Expunged.Enumerate());
        Assert.Equal(uids.Except(odd), await box.UidsAsync());
    }
}
