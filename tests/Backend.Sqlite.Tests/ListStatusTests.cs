namespace Backend.Sqlite.Tests;

/// <summary>What it costs to be told the states of many mailboxes. RFC 5819.</summary>
public sealed class ListStatusTests
{
    [Fact]
    public async Task A_thousand_mailboxes_cost_as_many_queries_as_one()
    {
        var count = new CommandCount();
        var (store, user) = await SqliteStore.StartAsync(options =>
        {
            var configure = options.ConfigureDatabase!;
            options.UseDatabase(options.Dialect!, builder =>
            {
                configure(builder);
                builder.AddInterceptors(count);
            });
        });
        await using var _ = store;
        for (var i = 0; i < 1_000; i++)
            await user.CreateMailboxAsync(MailboxName.Parse($"box {i}"), CreateOptions.Default, SqliteStore.Token);
        await (await user.GetMailboxAsync(MailboxName.Parse("box 7"), SqliteStore.Token)).CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, SqliteStore.Token);

        var one = await CountAsync([MailboxName.Inbox]);
        var all = await CountAsync([.. (await user.ListMailboxesAsync(subscribed: false, SqliteStore.Token)).Select(static info => info.Name)]);

        Assert.Equal(one, all);
        Assert.InRange(all, 1, 3);

        async Task<int> CountAsync(MailboxName[] names)
        {
            var before = count.Queries;
            Assert.Equal(names.Length, (await ((IListStatusUser)user).GetStatusesAsync(names, StatusItems.Messages | StatusItems.Recent, SqliteStore.Token)).Count);
            return count.Queries - before;
        }
    }
}
