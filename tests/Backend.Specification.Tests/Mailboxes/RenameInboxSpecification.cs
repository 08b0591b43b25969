namespace Backend.Specification.Tests.Mailboxes;

/// <summary>IUser.RenameMailboxAsync of INBOX, whose messages move while it stays. RFC 9051 §6.3.6; RFC 3501 §6.3.5.</summary>
public abstract class RenameInboxSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    const FetchAttributes Attributes = FetchAttributes.Flags | FetchAttributes.InternalDate | FetchAttributes.Size;

    [Theory]
    [InlineData("INBOX")]
    [InlineData("inbox")]
    public virtual async Task Its_messages_move_with_flags_and_dates_and_it_stays_empty(string name)
    {
        var inbox = await InboxAsync();
        await inbox.CreateMessageAsync(Mail.Of("First"), new AppendOptions
        {
            Flags = FlagSet.Of(Flag.Seen, Flag.Parse("$Work")),
            InternalDate = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.FromHours(-7)),
        });
        await inbox.AppendAsync("Second", Flag.Deleted);
        var before = await ContentAsync(inbox);

        await User.RenameAsync(name, "old mail");

        Assert.Equal(["INBOX", "old mail"], await User.NamesAsync());
        Assert.Empty(await (await InboxAsync()).UidsAsync());
        Assert.Equal(before, await ContentAsync(await User.OpenAsync("old mail")));
    }

    [Fact]
    public virtual async Task The_octets_are_the_same()
    {
        await (await InboxAsync()).AppendAsync(Mail.OfSize(100_000));

        await User.RenameAsync("INBOX", "old");

        var old = await User.OpenAsync("old");
        Assert.Equal(Mail.OfSize(100_000), await old.BodyAsync(Assert.Single(await old.UidsAsync())));
    }

    [Fact]
    public virtual async Task Its_inferiors_stay()
    {
        await (await InboxAsync()).AppendAsync();
        var inferior = await User.CreateAsync("INBOX/a/b");
        await inferior.AppendAsync();
        var before = await Snapshot.OfAsync(inferior);

        await User.RenameAsync("INBOX", "old");

        Assert.Equal(["INBOX", "INBOX/a", "INBOX/a/b", "old"], await User.NamesAsync());
        Assert.Equal(before, await Snapshot.OfAsync(inferior));
    }

    [Fact]
    public virtual async Task Missing_superiors_of_the_new_name_are_created()
    {
        await (await InboxAsync()).AppendAsync();

        await User.RenameAsync("INBOX", "old/2023/march");

        Assert.Equal(["INBOX", "old", "old/2023", "old/2023/march"], await User.NamesAsync());
        Assert.Empty(await (await User.OpenAsync("old")).UidsAsync());
        Assert.Single(await (await User.OpenAsync("old/2023/march")).UidsAsync());
    }

    [Fact]
    public virtual async Task An_empty_inbox_gives_an_empty_mailbox()
    {
        await User.RenameAsync("INBOX", "old");

        Assert.Equal(0, (await (await User.OpenAsync("old")).StatusAsync()).Messages);
        Assert.Equal(["INBOX", "old"], await User.NamesAsync());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("INBOX")]
    [InlineData("Inbox")]
    [InlineData("noselect")]
    public virtual async Task A_name_that_is_there_cannot_be_taken(string newName)
    {
        await User.CreateAsync("a");
        await User.CreateAsync("noselect/inferior");
        await User.DeleteAsync("noselect");
        await (await InboxAsync()).AppendAsync();

        await RefusedWithoutAnyChangeAsync(BackendError.MailboxAlreadyExists, () => User.RenameAsync("INBOX", newName));
    }

    [Fact]
    public virtual async Task An_inferior_of_inbox_can_be_renamed_as_any_mailbox()
    {
        await (await User.CreateAsync("INBOX/a")).AppendAsync();

        await User.RenameAsync("Inbox/a", "b");
        await User.RenameAsync("b", "iNBOX/c/d");

        Assert.Equal(["INBOX", "INBOX/c", "INBOX/c/d"], await User.NamesAsync());
        Assert.Single(await (await User.OpenAsync("INBOX/c/d")).UidsAsync());
    }

    /// <summary>A session that has INBOX open sees its messages go; it does not go with them.</summary>
    [Fact]
    public virtual async Task An_open_inbox_stays_inbox()
    {
        var inbox = await OpenElsewhereAsync("INBOX");
        var uids = await inbox.AppendManyAsync(3);
        var selected = await inbox.SelectAsync();

        await User.RenameAsync("INBOX", "old");

        var changes = await inbox.PollAsync(selected.HighestModSeq);
        Assert.Equal(uids, changes!.Expunged.Enumerate().Intersect(uids));
        Assert.Empty(changes.Changed);
        var next = await inbox.AppendAsync("New");
        Assert.True(next > uids[^1]);
        Assert.Equal([next], await (await InboxAsync()).UidsAsync());
    }

    [Fact]
    public virtual async Task What_was_recent_to_nobody_is_so_in_the_new_mailbox()
    {
        await (await InboxAsync()).AppendManyAsync(2);

        await User.RenameAsync("INBOX", "old");

        Assert.Equal(2, (await (await User.OpenAsync("old")).SelectAsync()).Recent.Count);
        Assert.True((await (await InboxAsync()).SelectAsync()).Recent.IsEmpty);
    }

    [Fact]
    public virtual async Task Counters_are_right_on_both_sides()
    {
        var inbox = await InboxAsync();
        await inbox.AppendAsync(Mail.OfSize(1000), Flag.Seen);
        await inbox.AppendAsync(Mail.OfSize(500), Flag.Deleted);

        await User.RenameAsync("INBOX", "old");

        var (left, moved) = (await inbox.StatusAsync(), await (await User.OpenAsync("old")).StatusAsync());
        Assert.Equal((0, 0, 0, 0), (left.Messages, left.Unseen, left.Deleted, left.Size));
        Assert.Equal((2, 1, 1, 1500), (moved.Messages, moved.Unseen, moved.Deleted, moved.Size));
    }

    [Fact]
    public virtual async Task Mail_that_arrives_meanwhile_is_in_exactly_one_of_the_two()
    {
        await (await InboxAsync()).AppendManyAsync(20);

        await AtOnceAsync(5, async (user, i) =>
        {
            if (i == 0)
                await user.RenameAsync("INBOX", "old");
            else
                await (await user.OpenAsync("INBOX")).AppendManyAsync(10);
        });

        var left = await (await InboxAsync()).UidsAsync();
        var moved = await (await User.OpenAsync("old")).UidsAsync();
        Assert.Equal(20 + 40, left.Length + moved.Length);
        Assert.True(moved.Length >= 20);
    }

    static async Task<List<(FlagSet Flags, DateTimeOffset? InternalDate, TimeSpan? Offset, long? Size)>> ContentAsync(IMailbox mailbox) =>
        (await mailbox.ListAsync(UidSet.All, Attributes)).ConvertAll(static message => (message.Flags!.WithoutRecent(), message.InternalDate, message.InternalDate?.Offset, message.Size));
}
