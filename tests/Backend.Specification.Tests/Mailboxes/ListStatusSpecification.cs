namespace Backend.Specification.Tests.Mailboxes;

/// <summary>IListStatusUser. RFC 5819; RFC 9051 §6.3.9.2 (STATUS).</summary>
public abstract class ListStatusSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    const StatusItems Everything = StatusItems.Messages | StatusItems.Recent | StatusItems.UidNext | StatusItems.UidValidity
        | StatusItems.Unseen | StatusItems.Deleted | StatusItems.Size | StatusItems.HighestModSeq;

    [Fact]
    public virtual async Task It_tells_of_each_what_its_status_tells()
    {
        foreach (var name in new[] { "a", "a/b", "c" })
            await (await User.CreateAsync(name)).AppendAsync("One");
        await (await User.OpenAsync("a")).AppendAsync("Two", Flag.Seen, Flag.Deleted, Flag.Parse("$New"));
        await (await User.OpenAsync("c")).SelectAsync();
        await (await User.OpenAsync("c")).AppendAsync("Three");

        var statuses = await StatusesAsync(Everything, "INBOX", "a", "a/b", "c");

        Assert.Equal(4, statuses.Count);
        foreach (var (name, status) in statuses)
            Assert.Equal(await (await User.GetMailboxAsync(name, Token)).GetStatusAsync(Everything, Token), status);
        Assert.Equal((2, 2), (statuses[MailboxName.Parse("a")].Messages, statuses[MailboxName.Parse("a")].Recent));
        Assert.Equal((2, 1), (statuses[MailboxName.Parse("c")].Messages, statuses[MailboxName.Parse("c")].Recent));
    }

    [Fact]
    public virtual async Task Only_what_was_asked_for_is_told()
    {
        await User.CreateAsync("a");

        var status = (await StatusesAsync(StatusItems.Messages, "a"))[MailboxName.Parse("a")];

        Assert.Equal(0, status.Messages);
        Assert.True(status is { Recent: null, UidNext: null, UidValidity: null, Unseen: null, Deleted: null, Size: null, HighestModSeq: null });
    }

    [Fact]
    public virtual async Task What_cannot_be_selected_is_left_out()
    {
        await User.CreateAsync("a/b");
        await User.DeleteAsync("a");

        Assert.Equal(["a/b"], (await StatusesAsync(Everything, "a", "a/b", "missing", "A/B", "a_b")).Keys.Select(static name => name.Value));
        Assert.Empty(await StatusesAsync(Everything));
    }

    [Fact]
    public virtual async Task It_takes_no_recent_away()
    {
        await (await InboxAsync()).AppendAsync();

        await StatusesAsync(Everything, "INBOX", "INBOX");

        Assert.Equal(1, (await (await InboxAsync()).SelectAsync()).Recent.Count);
    }

    [Fact]
    public virtual async Task It_tells_of_very_many()
    {
        string[] names = [.. Enumerable.Range(0, 300).Select(static i => $"box {i}")];
        foreach (var name in names)
            await User.CreateMailboxAsync(MailboxName.Parse(name), CreateOptions.Default, Token);
        await (await User.OpenAsync("box 299")).AppendAsync();

        var statuses = await StatusesAsync(Everything, names);

        Assert.Equal(names.Length, statuses.Count);
        Assert.Equal(1, statuses.Values.Sum(static status => status.Messages));
        Assert.Equal(1, statuses.Values.Sum(static status => status.Recent));
    }

    Task<IReadOnlyDictionary<MailboxName, MailboxStatus>> StatusesAsync(StatusItems items, params string[] names) =>
        ((IListStatusUser)User).GetStatusesAsync([.. names.Select(MailboxName.Parse)], items, Token);
}
