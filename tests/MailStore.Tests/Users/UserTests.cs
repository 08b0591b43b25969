using MailStore.Tests.Support;

namespace MailStore.Tests.Users;

/// <summary>The commands for a user's quota, and for those who set quotas.</summary>
public sealed class UserTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_limit_is_set_and_taken_away()
    {
        await using var store = await SqliteStore.CreateAsync(Token);

        Assert.Equal("The user ada may have 5.0 GB in 1,000 messages.\n", await RunAsync(store, "user", "limit", "ada", "--max-bytes", "5000000000", "--max-messages", "1000"));
        Assert.Equal(new QuotaLimits(5_000_000_000, 1000), (await InfoAsync(store)).Limits);
        Assert.Equal("The user ada may have 1 message.\n", await RunAsync(store, "user", "limit", "ada", "--max-messages", "1"));
        Assert.Equal(new QuotaLimits(null, 1), (await InfoAsync(store)).Limits);
        Assert.Equal("The user ADA may have 12 octets.\n", await RunAsync(store, "user", "limit", "ADA", "--max-bytes", "12", "--max-messages", "none"));
        Assert.Equal(new QuotaLimits(12, null), (await InfoAsync(store)).Limits);
        Assert.Equal("The user ada may have any amount of mail.\n", await RunAsync(store, "user", "limit", "ada"));
        Assert.Equal(QuotaLimits.None, (await InfoAsync(store)).Limits);
    }

    [Fact]
    public async Task A_limit_holds_at_once()
    {
        await using var store = await SqliteStore.CreateAsync(Token);
        var inbox = await (await store.OpenAsync(Token)).GetMailboxAsync(MailboxName.Inbox, Token);
        await AppendAsync(inbox);

        await RunAsync(store, "user", "limit", "ada", "--max-messages", "1");

        Assert.Equal(BackendError.OverQuota, (await Assert.ThrowsAsync<BackendException>(() => AppendAsync(inbox))).Error);
        await RunAsync(store, "user", "limit", "ada");
        await AppendAsync(inbox);
        Assert.Equal(2, (await inbox.GetStatusAsync(StatusItems.Messages, Token)).Messages);
    }

    [Theory]
    [InlineData(2, "ada", "--max-bytes", "much")]
    [InlineData(2, "ada", "--max-bytes", "-1")]
    [InlineData(2, "ada", "--max-messages", "99999999999999999999")]
    [InlineData(1, "nobody", "--max-messages", "1")]
    public async Task What_is_no_limit_or_no_user_changes_nothing(int exitCode, string user, string option, string value)
    {
        await using var store = await SqliteStore.CreateAsync(Token);

        var run = await ProgramRun.RunAsync("user", "limit", user, option, value, "--connection", store.Connection);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.NotEmpty(run.Error);
        Assert.Equal(QuotaLimits.None, (await InfoAsync(store)).Limits);
    }

    [Fact]
    public async Task An_administrator_is_made_and_unmade()
    {
        await using var store = await SqliteStore.CreateAsync(Token);
        var root = (await ((IQuotaUser)await store.OpenAsync(Token)).GetQuotaRootsAsync(MailboxName.Inbox, Token))[0].Name;

        Assert.Equal("The user ada is an administrator.\n", await RunAsync(store, "user", "admin", "ada"));
        Assert.True((await InfoAsync(store)).IsAdministrator);
        await ((IQuotaUser)await store.OpenAsync(Token)).SetQuotaAsync(root, new QuotaLimits(null, 7), Token);
        Assert.Equal("The user ada is no administrator.\n", await RunAsync(store, "user", "admin", "ada", "--revoke"));

        Assert.False((await InfoAsync(store)).IsAdministrator);
        Assert.Equal(new QuotaLimits(null, 7), (await InfoAsync(store)).Limits);
        var user = (IQuotaUser)await store.OpenAsync(Token);
        Assert.Equal(BackendError.NoPermission, (await Assert.ThrowsAsync<BackendException>(() => user.SetQuotaAsync(root, QuotaLimits.None, Token))).Error);
        Assert.Equal(1, (await ProgramRun.RunAsync("user", "admin", "nobody", "--connection", store.Connection)).ExitCode);
    }

    static Task<AppendData> AppendAsync(IMailbox mailbox) => mailbox.CreateMessageAsync(new MemoryStream("Subject: x\r\n\r\n"u8.ToArray()), new AppendOptions(), Token);

    static async Task<UserInfo> InfoAsync(SqliteStore store) => await store.Store.Users.ListUsersAsync(Token).SingleAsync(Token);

    static async Task<string> RunAsync(SqliteStore store, params string[] args)
    {
        var run = await ProgramRun.RunAsync([.. args, "--connection", store.Connection]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Output;
    }
}
