namespace Backend.Specification.Tests.Messages;

/// <summary>IQresyncMailbox: which messages there were. RFC 7162 §3.2, §3.2.6-3.2.9, §5.3.</summary>
public abstract class QresyncSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task What_was_expunged_afterwards_has_vanished()
    {
        var (box, other) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        var uids = await box.AppendManyAsync(8);
        await box.DiscardAsync(uids[0]);
        var since = (await box.SelectAsync()).HighestModSeq;

        Assert.True((await VanishedAsync(box, UidSet.All, since)).IsEmpty);
        await other.DiscardAsync(uids[2], uids[3]);
        var between = (await other.ExpungeAsync()).ModSeq ?? (await other.SelectAsync()).HighestModSeq;
        await other.DiscardAsync(uids[6]);

        Assert.Equal([uids[2], uids[3], uids[6]], (await VanishedAsync(box, UidSet.All, since)).Enumerate());
        Assert.Equal([uids[6]], (await VanishedAsync(box, UidSet.All, between)).Enumerate());
        Assert.Equal([uids[0], uids[2], uids[3], uids[6]], (await VanishedAsync(box, UidSet.All, ModSeq.Zero)).Enumerate());
    }

    [Fact]
    public virtual async Task Only_messages_of_the_set_are_named()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(10);
        var since = (await box.SelectAsync()).HighestModSeq;
        await box.DiscardAsync(uids[1..9]);

        Assert.Equal([uids[3], uids[4]], (await VanishedAsync(box, UidSet.Between(uids[3], uids[4]), since)).Enumerate());
        Assert.Equal([uids[1], uids[8]], (await VanishedAsync(box, UidSet.From([uids[0], uids[1], uids[8], uids[9]]), since)).Enumerate());
        Assert.True((await VanishedAsync(box, UidSet.Parse("4000000000:4294967295"), since)).IsEmpty);
        Assert.True((await VanishedAsync(box, UidSet.Empty, since)).IsEmpty);
    }

    /// <summary><c>*</c> is above the messages that are there: the last one may have vanished.</summary>
    [Fact]
    public virtual async Task The_last_message_is_named_too()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(3);
        var since = (await box.SelectAsync()).HighestModSeq;
        await box.DiscardAsync(uids);

        Assert.Equal(uids, (await VanishedAsync(box, UidSet.All, since)).Enumerate());
        Assert.Equal([uids[2]], (await VanishedAsync(box, UidSet.Parse("*"), since)).Enumerate());
    }

    [Fact]
    public virtual async Task What_was_moved_away_has_vanished_and_what_came_and_went_too()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        var uids = await a.AppendManyAsync(3);
        var (source, destination) = ((await a.SelectAsync()).HighestModSeq, (await b.SelectAsync()).HighestModSeq);

        var moved = (await a.MoveAsync(UidSet.Of(uids[1]), "b")).Copied.Destination.Enumerate().Single();
        await b.DiscardAsync(moved);
        var kept = await b.AppendAsync();

        Assert.Equal([uids[1]], (await VanishedAsync(a, UidSet.All, source)).Enumerate());
        var vanished = await VanishedAsync(b, UidSet.All, destination);
        Assert.Contains(moved, vanished.Enumerate());
        Assert.DoesNotContain(kept, vanished.Enumerate());
    }

    [Fact]
    public virtual async Task The_messages_of_a_renamed_inbox_have_vanished()
    {
        var inbox = await InboxAsync();
        var uids = await inbox.AppendManyAsync(3);
        var since = (await inbox.SelectAsync()).HighestModSeq;

        await User.RenameMailboxAsync(MailboxName.Inbox, MailboxName.Parse("old"), Token);

        var again = await InboxAsync();
        Assert.Equal(uids, (await VanishedAsync(again, UidSet.All, since)).Enumerate());
        Assert.True((await again.SelectAsync()).HighestModSeq > since);
    }

    /// <summary>RFC 7162 §5.3.</summary>
    [Fact]
    public virtual async Task A_log_that_was_cut_hides_nothing_and_takes_away_nothing()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(6);
        var since = (await box.SelectAsync()).HighestModSeq;
        await box.DiscardAsync(uids[1], uids[5]);
        await Fixture.ForgetChangesAsync(Token);
        await box.DiscardAsync(uids[3]);
        var now = (await box.SelectAsync()).HighestModSeq;

        var vanished = await VanishedAsync(box, UidSet.All, since);
        Assert.Equal([uids[1], uids[3], uids[5]], vanished.Enumerate());
        Assert.Equal([uids[3]], (await VanishedAsync(box, UidSet.Between(uids[2], uids[4]), since)).Enumerate());
        Assert.True((await VanishedAsync(box, UidSet.All, now)).IsEmpty);
    }

    [Fact]
    public virtual async Task In_an_empty_mailbox_nothing_has_vanished()
    {
        var box = await User.CreateAsync("a");
        Assert.True((await VanishedAsync(box, UidSet.All, ModSeq.Zero)).IsEmpty);
        await Fixture.ForgetChangesAsync(Token);
        Assert.True((await VanishedAsync(box, UidSet.Parse("1:4294967295"), ModSeq.Zero)).IsEmpty);
    }

    /// <summary>RFC 7162 §3.2.7-3.2.9: each gets a modification sequence of its own.</summary>
    [Fact]
    public virtual async Task An_expunge_raises_the_modseq_of_the_mailbox()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(2);
        await box.AddAsync(uids[0], Flag.Deleted);
        var before = (await box.StatusAsync()).HighestModSeq;

        var data = await box.ExpungeAsync();

        Assert.True(data.ModSeq > before);
        Assert.Equal(data.ModSeq, (await box.StatusAsync()).HighestModSeq);
        Assert.Null((await box.ExpungeAsync()).ModSeq);
        Assert.Equal(data.ModSeq, (await box.StatusAsync()).HighestModSeq);
    }

    static Task<UidSet> VanishedAsync(IMailbox mailbox, UidSet messages, ModSeq since) =>
        Assert.IsAssignableFrom<IQresyncMailbox>(mailbox).ListVanishedAsync(messages, since, Token);
}
