namespace Backend.Specification.Tests.Mailboxes;

/// <summary>IUser.DeleteMailboxAsync. RFC 9051 §6.3.5; RFC 3501 §6.3.4.</summary>
public abstract class DeleteMailboxSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task A_deleted_mailbox_is_gone_with_its_messages()
    {
        await (await User.CreateAsync("a")).AppendManyAsync(3);

        await User.DeleteAsync("a");

        Assert.Equal(["INBOX"], await User.NamesAsync());
        await RefusedAsync(BackendError.NoSuchMailbox, () => User.OpenAsync("a"));
        Assert.Empty(await (await User.CreateAsync("a")).UidsAsync());
    }

    [Theory]
    [InlineData("INBOX")]
    [InlineData("inbox")]
    [InlineData("InBoX/")]
    public virtual async Task Inbox_cannot_be_deleted(string name)
    {
        await (await InboxAsync()).AppendAsync();

        await RefusedWithoutAnyChangeAsync(BackendError.Cannot, () => User.DeleteAsync(name));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("a/missing")]
    [InlineData("A")]
    [InlineData("a%")]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("Other")]
    public virtual async Task A_name_that_is_not_there_cannot_be_deleted(string name)
    {
        await User.CreateAsync("a");

        await RefusedWithoutAnyChangeAsync(BackendError.NoSuchMailbox, () => User.DeleteAsync(name));
    }

    [Fact]
    public virtual async Task What_is_deleted_cannot_be_deleted_again()
    {
        await User.CreateAsync("a");
        await User.DeleteAsync("a");

        await RefusedAsync(BackendError.NoSuchMailbox, () => User.DeleteAsync("a"));
    }

    [Fact]
    public virtual async Task Inferiors_stay_and_so_does_the_name_as_noselect()
    {
        var superior = await User.CreateAsync("foo");
        await superior.AppendAsync("Gone");
        var inferior = await User.CreateAsync("foo/bar");
        await inferior.AppendAsync("Kept", Flag.Flagged);
        var before = await Snapshot.OfAsync(inferior);

        await User.DeleteAsync("foo");

        Assert.Equal(before, await Snapshot.OfAsync(inferior));
        Assert.Equal(["INBOX", "foo", "foo/bar"], await User.NamesAsync());
        await RefusedAsync(BackendError.NotSelectable, () => User.OpenAsync("foo"));
        await RefusedAsync(BackendError.NoSuchMailbox, () => superior.UidsAsync());
    }

    [Fact]
    public virtual async Task A_noselect_name_with_inferiors_cannot_be_deleted()
    {
        await User.CreateAsync("foo/bar");
        await User.DeleteAsync("foo");

        await RefusedWithoutAnyChangeAsync(BackendError.HasChildren, () => User.DeleteAsync("foo"));
    }

    /// <summary>Whether the name goes with its last inferior or waits to be deleted is left open; that it can go is not.</summary>
    [Fact]
    public virtual async Task A_noselect_name_without_inferiors_can_go()
    {
        await User.CreateAsync("foo/bar");
        await User.DeleteAsync("foo");
        await User.DeleteAsync("foo/bar");

        if ((await User.NamesAsync()).Contains("foo"))
            await User.DeleteAsync("foo");

        Assert.Equal(["INBOX"], await User.NamesAsync());
        await User.CreateAsync("foo");
    }

    [Fact]
    public virtual async Task Deleting_in_the_middle_keeps_both_ends()
    {
        await (await User.CreateAsync("a")).AppendAsync();
        await (await User.CreateAsync("a/b/c")).AppendAsync();

        await User.DeleteAsync("a/b");

        Assert.Equal(["INBOX", "a", "a/b", "a/b/c"], await User.NamesAsync());
        Assert.Single(await (await User.OpenAsync("a")).UidsAsync());
        Assert.Single(await (await User.OpenAsync("a/b/c")).UidsAsync());
    }

    [Fact]
    public virtual async Task Inferiors_of_inbox_can_be_deleted()
    {
        await (await InboxAsync()).AppendAsync();
        await User.CreateAsync("INBOX/a");

        await User.DeleteAsync("inbox/a");

        Assert.Equal(["INBOX"], await User.NamesAsync());
        Assert.Single(await (await InboxAsync()).UidsAsync());
    }

    [Theory]
    [InlineData("a_b", "axb")]
    [InlineData("a%", "abc")]
    [InlineData("%", "a")]
    [InlineData("a", "ab")]
    [InlineData("a", "A")]
    [InlineData("a", "a ")]
    [InlineData("ä", "Ä")]
    [InlineData("a_b", "axb/c")]
    [InlineData("a*", "ab")]
    public virtual async Task A_mailbox_of_a_similar_name_stays(string name, string similar)
    {
        await (await User.CreateAsync(name)).AppendAsync();
        var other = await User.CreateAsync(similar);
        await other.AppendAsync();
        var before = await Snapshot.OfAsync(other);

        await User.DeleteAsync(name);

        Assert.Equal(before, await Snapshot.OfAsync(other));
        Assert.DoesNotContain(name, await User.NamesAsync());
    }

    [Fact]
    public virtual async Task The_messages_of_a_deleted_mailbox_no_longer_count()
    {
        await (await User.CreateAsync("a")).AppendAsync(Mail.OfSize(10_000));
        await (await User.OpenAsync("a")).CopyAsync(UidSet.All, "INBOX");

        await User.DeleteAsync("a");

        var users = new List<UserInfo>();
        await foreach (var info in Fixture.Users.ListUsersAsync(Token))
            users.Add(info);
        var user = Assert.Single(users, user => user.Username == Username);
        Assert.Equal((1, 1, 10_000), (user.Mailboxes, user.Messages, user.Size));
    }

    /// <summary>A copy shares its content with the original: the content must outlive the original's mailbox.</summary>
    [Fact]
    public virtual async Task A_copy_elsewhere_outlives_the_mailbox()
    {
        var message = Mail.OfSize(5000);
        var box = await User.CreateAsync("a");
        await box.AppendAsync(message);
        await box.CopyAsync(UidSet.All, "INBOX");

        await User.DeleteAsync("a");

        var inbox = await InboxAsync();
        Assert.Equal(message, await inbox.BodyAsync(Assert.Single(await inbox.UidsAsync())));
    }

    [Fact]
    public virtual async Task Of_eight_who_delete_the_same_mailbox_at_once_one_succeeds()
    {
        await (await User.CreateAsync("a")).AppendManyAsync(5);

        var deleted = await AtOnceAsync(8, async (user, _) =>
        {
            try
            {
                await user.DeleteAsync("a");
                return true;
            }
            catch (BackendException refusal) when (refusal.Error == BackendError.NoSuchMailbox)
            {
                return false;
            }
        });

        Assert.Single(deleted, true);
    }
}
