namespace Backend.Specification.Tests.Mailboxes;

/// <summary>IUser.SetSubscribedAsync. RFC 9051 §6.3.7-6.3.8; RFC 3501 §6.3.6-6.3.7, §6.3.9.</summary>
public abstract class SubscriptionsSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task Subscribing_and_unsubscribing_twice_is_no_error()
    {
        await User.CreateAsync("a");

        await User.SubscribeAsync("a");
        await User.SubscribeAsync("a");
        Assert.Equal(["a"], await User.SubscribedNamesAsync());
        await User.UnsubscribeAsync("a");
        await User.UnsubscribeAsync("a");
        Assert.Empty(await User.SubscribedNamesAsync());
    }

    [Fact]
    public virtual Task A_name_that_is_not_there_cannot_be_subscribed_to() =>
        RefusedWithoutAnyChangeAsync(BackendError.NoSuchMailbox, () => User.SubscribeAsync("missing"));

    [Fact]
    public virtual async Task A_name_that_never_was_can_be_unsubscribed_from()
    {
        await User.UnsubscribeAsync("missing");

        Assert.Empty(await User.SubscribedNamesAsync());
    }

    [Fact]
    public virtual async Task A_subscription_outlives_the_mailbox_and_waits_for_the_next()
    {
        await User.CreateAsync("a");
        await User.SubscribeAsync("a");
        await User.DeleteAsync("a");
        Assert.Equal(["a"], await User.SubscribedNamesAsync());

        await User.CreateAsync("a");

        Assert.Equal(
            MailboxAttributes.Subscribed | MailboxAttributes.HasNoChildren,
            Assert.Single(await User.ListMailboxesAsync(true, Token)).Attributes);
    }

    [Fact]
    public virtual async Task A_subscription_to_a_name_that_is_gone_can_be_ended()
    {
        await User.CreateAsync("a");
        await User.SubscribeAsync("a");
        await User.DeleteAsync("a");

        await User.UnsubscribeAsync("a");

        Assert.Empty(await User.SubscribedNamesAsync());
        await RefusedAsync(BackendError.NoSuchMailbox, () => User.SubscribeAsync("a"));
    }

    [Fact]
    public virtual async Task A_noselect_name_is_there_and_can_be_subscribed_to()
    {
        await User.CreateAsync("a/b");
        await User.DeleteAsync("a");

        await User.SubscribeAsync("a");

        Assert.Equal(["a"], await User.SubscribedNamesAsync());
    }

    [Theory]
    [InlineData("INBOX")]
    [InlineData("inbox")]
    public virtual async Task Inbox_can_be_subscribed_to_in_any_case(string name)
    {
        await User.SubscribeAsync(name);
        Assert.Equal(["INBOX"], await User.SubscribedNamesAsync());

        await User.UnsubscribeAsync("iNBOX");
        Assert.Empty(await User.SubscribedNamesAsync());
    }

    [Theory]
    [InlineData("a", "A")]
    [InlineData("a_b", "axb")]
    [InlineData("%", "a")]
    [InlineData("a", "a/b")]
    [InlineData("ü", "Ü")]
    public virtual async Task Only_the_very_name_is_subscribed_to(string name, string other)
    {
        await User.CreateAsync(name);
        await User.CreateAsync(other);

        await User.SubscribeAsync(name);
        await User.UnsubscribeAsync(other);

        Assert.Equal([name], await User.SubscribedNamesAsync());
        Assert.False((await User.InfoAsync(other)).Attributes.HasFlag(MailboxAttributes.Subscribed));
    }

    [Fact]
    public virtual async Task All_connections_have_the_same_subscriptions()
    {
        var other = await LoginAsync();
        await User.CreateAsync("a");

        await User.SubscribeAsync("a");
        Assert.Equal(["a"], await other.SubscribedNamesAsync());
        await other.UnsubscribeAsync("a");
        Assert.Empty(await User.SubscribedNamesAsync());
    }

    [Fact]
    public virtual async Task Renaming_inbox_leaves_its_subscription()
    {
        await User.SubscribeAsync("INBOX");

        await User.RenameAsync("INBOX", "old");

        Assert.Equal(["INBOX"], await User.SubscribedNamesAsync());
    }

    [Fact]
    public virtual async Task Eight_who_subscribe_at_once_all_succeed()
    {
        await User.CreateAsync("a");

        await AtOnceAsync(8, (user, _) => user.SubscribeAsync("a"));

        Assert.Equal(["a"], await User.SubscribedNamesAsync());
    }
}
