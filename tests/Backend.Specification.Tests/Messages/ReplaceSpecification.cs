namespace Backend.Specification.Tests.Messages;

/// <summary>IReplaceMailbox: a new message in the place of another. RFC 8508 §3.4.</summary>
public abstract class ReplaceSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task The_new_message_is_there_and_the_old_one_gone()
    {
        var inbox = await InboxAsync();
        var uids = await inbox.AppendManyAsync(3);
        await inbox.AddAsync(uids[1], Flag.Flagged, Flag.Parse("$Old"), Flag.Seen);
        await inbox.AddAsync(uids[2], Flag.Deleted);

        var data = await ReplaceAsync(inbox, uids[1], "INBOX", Mail.OfSize(400_000), Flag.Draft, Flag.Parse("$New"));

        var uid = Assert.Single(data.Appended.Uids.Enumerate());
        Assert.Equal([uids[0], uids[2], uid], await inbox.UidsAsync());
        Assert.Equal([uids[1]], data.Expunged.Expunged.Enumerate());
        Assert.Equal((await inbox.StatusAsync()).UidValidity, data.Appended.UidValidity);
        Assert.Equal(Mail.OfSize(400_000), await inbox.BodyAsync(uid));
        // Nothing is taken over from the old one, and no other message goes.
        Assert.Equal(FlagSet.Of(Flag.Draft, Flag.Parse("$New")), await inbox.FlagsAsync(uid));
        Assert.Equal(FlagSet.Of(Flag.Deleted), await inbox.FlagsAsync(uids[2]));
        var status = await inbox.StatusAsync();
        Assert.Equal((3, 3, 1), (status.Messages, status.Unseen, status.Deleted));
    }

    [Fact]
    public virtual async Task The_new_message_may_go_to_another_mailbox()
    {
        var (drafts, sent) = (await User.CreateAsync("drafts"), await User.CreateAsync("sent"));
        await sent.AppendManyAsync(2);
        var uids = await drafts.AppendManyAsync(2);

        var data = await ReplaceAsync(drafts, uids[0], "sent", Mail.Of("final"), Flag.Seen);

        Assert.Equal([uids[1]], await drafts.UidsAsync());
        Assert.Equal([3u], data.Appended.Uids.Enumerate().Select(static uid => uid.Value));
        Assert.Equal((await sent.StatusAsync()).UidValidity, data.Appended.UidValidity);
        Assert.Equal(Mail.Of("final"), await sent.BodyAsync(new Uid(3)));
        Assert.Equal((1, 3), ((await drafts.StatusAsync()).Messages, (await sent.StatusAsync()).Messages));
    }

    [Fact]
    public virtual async Task Both_are_heard_of()
    {
        var (drafts, sent) = (await User.CreateAsync("drafts"), await User.CreateAsync("sent"));
        var uids = await drafts.AppendManyAsync(2);
        var (before, beforeSent) = ((await drafts.SelectAsync()).HighestModSeq, (await sent.SelectAsync()).HighestModSeq);

        var first = await ReplaceAsync(drafts, uids[0], "drafts", Mail.Of("second draft"));
        var changes = await drafts.PollAsync(before);
        Assert.Equal([uids[0]], changes!.Expunged.Enumerate());
        Assert.Equal(first.Appended.Uids.Enumerate(), changes.Changed.Select(static message => message.Uid));
        Assert.Equal(changes.HighestModSeq, first.Expunged.ModSeq);

        var second = await ReplaceAsync(drafts, uids[1], "sent", Mail.Of("final"));
        Assert.Equal([uids[1]], (await drafts.PollAsync(changes.HighestModSeq))!.Expunged.Enumerate());
        Assert.Equal(second.Appended.Uids.Enumerate(), (await sent.PollAsync(beforeSent))!.Changed.Select(static message => message.Uid));
    }

    [Fact]
    public virtual async Task A_message_that_is_not_there_is_not_replaced()
    {
        var inbox = await InboxAsync();
        var uid = await inbox.AppendAsync();
        await inbox.DiscardAsync(uid);
        await inbox.AppendAsync();

        await RefusedWithoutAnyChangeAsync(BackendError.Expunged, () => ReplaceAsync(inbox, uid, "INBOX", Mail.Of("new")));
        await RefusedWithoutAnyChangeAsync(BackendError.Expunged, () => ReplaceAsync(inbox, new Uid(900), "INBOX", Mail.Of("new"), Flag.Parse("$New")));
    }

    [Fact]
    public virtual async Task Whatever_is_wrong_with_the_new_message_leaves_the_old_one()
    {
        var inbox = await InboxAsync();
        var uid = await inbox.AppendAsync();
        await User.CreateAsync("up/down");
        await User.DeleteAsync("up");

        await RefusedWithoutAnyChangeAsync(BackendError.NoSuchMailbox, () => ReplaceAsync(inbox, uid, "missing", Mail.Of("new")));
        await RefusedWithoutAnyChangeAsync(BackendError.NotSelectable, () => ReplaceAsync(inbox, uid, "up", Mail.Of("new")));
        var before = await Snapshot.OfAsync(User);
        await Assert.ThrowsAsync<InvalidDataException>(() => Mailbox(inbox).ReplaceMessageAsync(
            uid, MailboxName.Inbox, new NewMessage(new OddStream(Mail.OfSize(1_000), failure: new InvalidDataException("broken")), AppendOptions.Default), Token));
        Assert.Equal(before, await Snapshot.OfAsync(User));
    }

    [Fact]
    public virtual async Task There_have_to_be_a_UID_left_and_the_right_to_write()
    {
        var inbox = await InboxAsync();
        var uid = await inbox.AppendAsync();
        if (await Fixture.SkipUidsAsync(Username, MailboxName.Inbox, Uid.MaxValue, Token))
        {
            uid = (await ReplaceAsync(inbox, uid, "INBOX", Mail.Of("last"))).Appended.Uids.Enumerate().Single();
            await RefusedWithoutAnyChangeAsync(BackendError.Limit, () => ReplaceAsync(inbox, uid, "INBOX", Mail.Of("one more")));
        }

        await inbox.ExamineAsync();
        await RefusedWithoutAnyChangeAsync(BackendError.ReadOnly, () => ReplaceAsync(inbox, uid, "INBOX", Mail.Of("new")));
    }

    [Fact]
    public virtual async Task Of_many_who_replace_a_message_at_once_one_does()
    {
        var uid = await (await InboxAsync()).AppendAsync();

        var done = await AtOnceAsync(4, async (connection, i) =>
        {
            try
            {
                await ReplaceAsync(await connection.OpenAsync("INBOX"), uid, "INBOX", Mail.Of($"new {i}"));
                return true;
            }
            catch (BackendException exception) when (exception.Error == BackendError.Expunged)
            {
                return false;
            }
        });

        Assert.Single(done, static each => each);
        Assert.Single(await (await InboxAsync()).UidsAsync());
    }

    static IReplaceMailbox Mailbox(IMailbox mailbox) => Assert.IsAssignableFrom<IReplaceMailbox>(mailbox);

    static Task<ReplaceData> ReplaceAsync(IMailbox mailbox, Uid uid, string destination, byte[] message, params Flag[] flags) =>
        Mailbox(mailbox).ReplaceMessageAsync(uid, MailboxName.Parse(destination), new NewMessage(new MemoryStream(message), new AppendOptions { Flags = FlagSet.Of(flags) }), Token);
}
