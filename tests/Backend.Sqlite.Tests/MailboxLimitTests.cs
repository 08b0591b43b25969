namespace Backend.Sqlite.Tests;

/// <summary>The number of mailboxes is limited, whichever way they come.</summary>
public sealed class MailboxLimitTests
{
    [Fact]
    public async Task Renaming_INBOX_makes_no_mailbox_above_the_limit()
    {
        var (store, user) = await SqliteStore.StartAsync(static options => options.MaxMailboxesPerUser = 2);
        await using var _ = store;
        await user.CreateMailboxAsync(MailboxName.Parse("a"), CreateOptions.Default, SqliteStore.Token);

        var refused = await Assert.ThrowsAsync<BackendException>(() => user.RenameMailboxAsync(MailboxName.Inbox, MailboxName.Parse("b"), SqliteStore.Token));

        Assert.Equal(BackendError.Limit, refused.Error);
        Assert.Equal(["INBOX", "a"], (await user.ListMailboxesAsync(subscribed: false, SqliteStore.Token)).Select(static mailbox => mailbox.Name.Value));
    }

    [Fact]
    public async Task Whoever_is_above_a_lowered_limit_can_still_rename()
    {
        var limit = 10;
        var (store, user) = await SqliteStore.StartAsync(options => options.MaxMailboxesPerUser = limit);
        await using var _ = store;
        await user.CreateMailboxAsync(MailboxName.Parse("a/b/c"), CreateOptions.Default, SqliteStore.Token);
        limit = 2;
        await store.RestartAsync();
        user = await store.Users.OpenUserAsync("alice", SqliteStore.Token);

        await user.RenameMailboxAsync(MailboxName.Parse("a"), MailboxName.Parse("d"), SqliteStore.Token);

        Assert.Equal(["INBOX", "d", "d/b", "d/b/c"], (await user.ListMailboxesAsync(subscribed: false, SqliteStore.Token)).Select(static mailbox => mailbox.Name.Value));
        await Assert.ThrowsAsync<BackendException>(() => user.RenameMailboxAsync(MailboxName.Parse("d"), MailboxName.Parse("e/f"), SqliteStore.Token));
    }
}
