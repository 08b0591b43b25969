namespace Backend.Specification.Tests.Mailboxes;

/// <summary>IMailboxIds. RFC 8474 §4.</summary>
public abstract class MailboxIdSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task Whoever_asks_is_told_the_same()
    {
        var created = await CreateAsync("a/b");

        Assert.Matches("^[A-Za-z0-9_-]{1,255}$", created.Value);
        Assert.Equal(created, await IdAsync("a/b"));
        Assert.Equal(created, ((IMailboxIds)await OpenElsewhereAsync("a/b")).Id);
        Assert.Equal(created, (await ((IListStatusUser)User).GetStatusesAsync([MailboxName.Parse("a/b")], StatusItems.MailboxId, Token)).Values.Single().MailboxId);
        Assert.Null((await (await User.OpenAsync("a/b")).GetStatusAsync(StatusItems.Messages, Token)).MailboxId);
    }

    [Fact]
    public virtual async Task No_two_mailboxes_have_the_same()
    {
        await CreateAsync("a/b");
        await CreateAsync("c");

        var ids = (await ((IListStatusUser)User).GetStatusesAsync([.. (await User.ListMailboxesAsync(false, Token)).Select(static info => info.Name)], StatusItems.MailboxId, Token)).Values
            .Select(static status => status.MailboxId).ToList();

        Assert.Equal(4, ids.Count);
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public virtual async Task No_two_users_have_the_same()
    {
        await Fixture.Users.AddUserAsync($"other.{Username}", Password, Tenant, Token);
        var other = await Fixture.Backend.LoginAsync($"other.{Username}", Password, Token);

        Assert.NotEqual(await IdAsync("INBOX"), ((IMailboxIds)await other.OpenAsync("INBOX")).Id);
        await Fixture.Users.RemoveUserAsync($"other.{Username}", Token);
    }

    [Fact]
    public virtual async Task A_rename_keeps_it()
    {
        var (above, below) = (await CreateAsync("a"), await CreateAsync("a/b"));
        var handle = await User.OpenAsync("a/b");

        await User.RenameAsync("a", "c/d");

        Assert.Equal((above, below), (await IdAsync("c/d"), await IdAsync("c/d/b")));
        Assert.Equal(below, ((IMailboxIds)handle).Id);
    }

    [Fact]
    public virtual async Task A_new_mailbox_of_an_old_name_has_another()
    {
        var first = await CreateAsync("a");
        await User.DeleteAsync("a");
        var second = await CreateAsync("a");
        await User.RenameAsync("a", "b");
        var third = await CreateAsync("a");

        Assert.Equal(3, new HashSet<MailboxId> { first, second, third }.Count);
        Assert.Equal(third, await IdAsync("a"));
    }

    [Fact]
    public virtual async Task A_name_that_was_kept_for_others_is_a_new_mailbox()
    {
        var first = await CreateAsync("a");
        await CreateAsync("a/b");
        await User.DeleteAsync("a");

        var second = await CreateAsync("a");

        Assert.NotEqual(first, second);
        Assert.Equal(second, await IdAsync("a"));
    }

    /// <summary>RFC 8474 §4; RFC 9051 §6.3.6.</summary>
    [Fact]
    public virtual async Task INBOX_renamed_is_a_new_mailbox()
    {
        var inbox = await IdAsync("INBOX");
        await (await InboxAsync()).AppendAsync();

        await User.RenameAsync("INBOX", "old");

        Assert.Equal(inbox, await IdAsync("INBOX"));
        Assert.NotEqual(inbox, await IdAsync("old"));
    }

    async Task<MailboxId> CreateAsync(string name) =>
        (await User.CreateMailboxAsync(MailboxName.Parse(name), CreateOptions.Default, Token)).MailboxId ?? throw new InvalidOperationException("It has no id.");

    async Task<MailboxId> IdAsync(string name)
    {
        var mailbox = await User.OpenAsync(name);
        var status = await mailbox.GetStatusAsync(StatusItems.MailboxId, Token);
        Assert.Equal(((IMailboxIds)mailbox).Id, status.MailboxId);
        return status.MailboxId!.Value;
    }
}
