using Microsoft.EntityFrameworkCore;

namespace Backend.Sqlite.Tests;

/// <summary>That mailboxes can be shared costs nothing in one's own.</summary>
public sealed class SharingCostTests(ITestOutputHelper output)
{
    const string Table = "\"mailbox_rights\"";

    static CancellationToken Token => SqliteStore.Token;

    [Fact]
    public async Task Nobodys_rights_are_looked_up_in_own_mailboxes()
    {
        var log = new CommandLog();
        var (store, _) = await SqliteStore.StartAsync(options =>
        {
            options.IndexInBackground = false;
            var configure = options.ConfigureDatabase!;
            options.UseDatabase(options.Dialect!, builder =>
            {
                configure(builder);
                builder.AddInterceptors(log);
            });
        });
        await using var _ = store;
        var user = await store.Backend.LoginAsync("alice", "secret", Token);
        var uids = UidSet.All;

        Assert.Equal(0, await CountAsync("create", () => user.CreateMailboxAsync(MailboxName.Parse("Other"), CreateOptions.Default, Token)));
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, Token);
        Assert.Equal(0, await CountAsync("open", () => user.GetMailboxAsync(MailboxName.Inbox, Token)));
        Assert.Equal(0, await CountAsync("append", () => inbox.CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, Token)));
        Assert.Equal(0, await CountAsync("select", () => inbox.SelectAsync(SelectOptions.ReadWrite, Token)));
        Assert.Equal(0, await CountAsync("status", () => inbox.GetStatusAsync(StatusItems.Messages, Token)));
        Assert.Equal(0, await CountAsync("fetch", () => inbox.ListMessagesAsync(uids, FetchItems.WholeBody, Token).ToListAsync(Token).AsTask()));
        Assert.Equal(0, await CountAsync("search", () => inbox.SearchMessagesAsync(new SearchCriteria(new SearchKey.All()), Token)));
        Assert.Equal(0, await CountAsync("store", () => inbox.UpdateMessagesFlagsAsync(uids, FlagsOperation.Add, FlagSet.Of(Flag.Seen), Token)));
        Assert.Equal(0, await CountAsync("poll", () => ((IUpdaterMailbox)inbox).PollAsync(ModSeq.Zero, Token)));
        Assert.Equal(0, await CountAsync("copy", () => inbox.CopyMessagesAsync(uids, MailboxName.Parse("Other"), Token)));
        Assert.Equal(0, await CountAsync("move", () => ((IMoveMailbox)inbox).MoveMessagesAsync(uids, MailboxName.Parse("Other"), Token)));
        Assert.Equal(0, await CountAsync("expunge", () => inbox.ExpungeAsync(null, Token)));
        Assert.Equal(0, await CountAsync("subscribe", () => user.SetSubscribedAsync(MailboxName.Inbox, true, Token)));
        // What is shared has to be found, and goes along with names.
        Assert.Equal(1, await CountAsync("list", () => user.ListMailboxesAsync(false, Token)));
        Assert.Equal(1, await CountAsync("create below", () => user.CreateMailboxAsync(MailboxName.Parse("Other/Below"), CreateOptions.Default, Token)));
        Assert.Equal(1, await CountAsync("rename", () => user.RenameMailboxAsync(MailboxName.Parse("Other"), MailboxName.Parse("New"), Token)));
        Assert.Equal(0, await CountAsync("delete", () => user.DeleteMailboxAsync(MailboxName.Parse("New/Below"), Token)));

        async Task<int> CountAsync(string what, Func<Task> act)
        {
            log.Take();
            await act();
            var texts = log.Take();
            var count = texts.Count(static text => text.Contains(Table, StringComparison.Ordinal));
            output.WriteLine($"{what}: {texts.Length} statements, {count} of them about rights");
            return count;
        }
    }
}
