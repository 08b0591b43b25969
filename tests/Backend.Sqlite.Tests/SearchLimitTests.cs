using Backend.EfCore.Messages;
using Backend.EfCore.Search;
using Backend.EfCore.Tenancy;

namespace Backend.Sqlite.Tests;

/// <summary>Searches as large as they come stay within what the database takes.</summary>
public sealed class SearchLimitTests
{
    [Fact]
    public async Task Recent_messages_in_ever_so_many_stretches_are_found()
    {
        var (store, user) = await SqliteStore.StartAsync();
        await using var _ = store;
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, SqliteStore.Token);
        for (var i = 0; i < 4; i++)
            await inbox.CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, SqliteStore.Token);
        await inbox.SelectAsync(SelectOptions.ReadWrite, SqliteStore.Token);
        var handle = new MailboxHandle(Lease.ForUser(1), "alice", 1, MailboxName.Inbox);
        for (var uid = 2; uid < 20_000; uid += 2)
            handle.AddRecent(uid, uid);

        var found = await new SearchMessages(store.Internals, handle, new KeywordDictionary(store.Internals, 1))
            .ExecuteAsync(new SearchCriteria(new SearchKey.HasFlag(Flag.Recent)), SqliteStore.Token);

        Assert.Equal([2u, 4u], found.Select(static uid => uid.Value));
        Assert.Equal([false, true, false, true], new long[] { 1, 2, 3, 19_998 }.Select(uid => handle.IsRecent(uid, long.MaxValue)));
    }

    [Fact]
    public void Recent_stretches_that_touch_are_one()
    {
        var handle = new MailboxHandle(Lease.ForUser(1), "alice", 1, MailboxName.Inbox);

        handle.AddRecent(1, 3);
        handle.AddRecent(4, 4);
        handle.AddRecent(6, 9);

        Assert.Equal([new NumberRange(1, 4), new NumberRange(6, 9)], handle.Recent);
    }
}
