using Backend.EfCore;

namespace Backend.Sqlite.Tests;

/// <summary>Large messages wait in a file while they arrive. RFC 3501 §6.3.11.</summary>
public sealed class SpoolTests
{
    [Fact]
    public async Task A_message_that_there_is_no_room_for_is_refused_and_a_small_one_is_taken()
    {
        var (store, user) = await SqliteStore.StartAsync(static options => options.SpoolFolder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "missing"));
        await using var _ = store;
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);

        var refused = await Assert.ThrowsAsync<BackendException>(() => AppendAsync(inbox, new MailStoreOptions().SpoolThreshold + 1));
        await AppendAsync(inbox, new MailStoreOptions().SpoolThreshold);

        Assert.Equal(BackendError.Unavailable, refused.Error);
        Assert.IsType<IOException>(refused.InnerException, exactMatch: false);
        Assert.Equal(1, (await inbox.GetStatusAsync(StatusItems.Messages, SqliteStore.Token)).Messages);
    }

    static async Task<AppendData> AppendAsync(IMailbox mailbox, int size) =>
        await mailbox.CreateMessageAsync(new MemoryStream(new byte[size]), AppendOptions.Default, SqliteStore.Token);
}
