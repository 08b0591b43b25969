namespace Backend.Specification.Tests.Users;

/// <summary>Suspended users and tenants: who is shut out, from what moment, and that mail stays as it is.</summary>
public abstract class SuspensionSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public virtual async Task A_login_is_refused_like_one_with_a_wrong_password(bool whole)
    {
        await SuspendAsync(whole);

        var suspended = await RefusedAsync(BackendError.InvalidCredentials, LoginAsync);
        var wrong = await RefusedAsync(BackendError.InvalidCredentials, () => Fixture.Backend.LoginAsync(Username, "wrong", Token));
        Assert.Equal(wrong.Message, suspended.Message);

        await ResumeAsync(whole);
        await LoginAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public virtual async Task A_session_that_is_open_gets_nothing_more(bool whole)
    {
        var box = await User.CreateAsync("Box");
        await box.AppendAsync();
        var before = await Snapshot.OfAsync(User);
        await SuspendAsync(whole);

        await RefusedAsync(BackendError.Suspended, () => User.NamesAsync());
        await RefusedAsync(BackendError.Suspended, () => User.OpenAsync("INBOX"));
        await RefusedAsync(BackendError.Suspended, () => User.CreateAsync("New"));
        await RefusedAsync(BackendError.Suspended, () => User.DeleteMailboxAsync(MailboxName.Parse("Box"), Token));
        await RefusedAsync(BackendError.Suspended, () => User.SubscribeAsync("Box"));
        await RefusedAsync(BackendError.Suspended, () => box.AppendAsync());
        await RefusedAsync(BackendError.Suspended, () => box.UidsAsync());
        await RefusedAsync(BackendError.Suspended, () => box.StatusAsync());
        await RefusedAsync(BackendError.Suspended, () => box.CheckAsync(Token));
        await RefusedAsync(BackendError.Suspended, () => box.SelectAsync(SelectOptions.ReadOnly, Token));
        await RefusedAsync(BackendError.Suspended, () => box.AddAsync(new Uid(1), Flag.Deleted));
        await RefusedAsync(BackendError.Suspended, () => box.ExpungeAsync(null, Token));
        await RefusedAsync(BackendError.Suspended, () => box.CopyAsync(UidSet.All, "INBOX"));
        await RefusedAsync(BackendError.Suspended, () => box.SearchMessagesAsync(SearchCriteria.All, Token));
        await RefusedAsync(BackendError.Suspended, () => ((IUpdaterMailbox)box).PollAsync(ModSeq.Zero, Token));

        await ResumeAsync(whole);
        Assert.Equal(before, await Snapshot.OfAsync(User));
    }

    [Fact]
    public virtual async Task The_administrator_still_opens_the_user()
    {
        await (await InboxAsync()).AppendAsync();
        await SuspendAsync(whole: true);
        await SuspendAsync(whole: false);

        var opened = await Fixture.Users.OpenUserAsync(Username, Token);

        Assert.Single(await (await opened.OpenAsync("INBOX")).UidsAsync());
    }

    [Fact]
    public virtual async Task A_user_who_was_suspended_alone_stays_so_when_the_tenant_is_resumed()
    {
        await SuspendAsync(whole: false);
        await SuspendAsync(whole: true);
        Assert.Equal((AccountState.Suspended, AccountState.Suspended), await StatesAsync());
        await ResumeAsync(whole: true);

        Assert.Equal((AccountState.Active, AccountState.Suspended), await StatesAsync());
        await RefusedAsync(BackendError.InvalidCredentials, LoginAsync);
    }

    [Fact]
    public virtual async Task Other_tenants_go_on()
    {
        var other = Fixture.NextUsername();
        await Fixture.Users.AddUserAsync(other, Password, Token);
        await SuspendAsync(whole: true);

        Assert.Equal(["INBOX"], await (await Fixture.Backend.LoginAsync(other, Password, Token)).NamesAsync());
    }

    /// <summary>Another program on the same store hears of it within a second.</summary>
    [Fact]
    public virtual async Task A_session_of_another_program_gets_nothing_more()
    {
        var second = await Fixture.OpenAgainAsync(Token);
        Assert.SkipWhen(second is null, "The store lives in this process only.");
        var elsewhere = await second!.LoginAsync(Username, Password, Token);
        await elsewhere.NamesAsync();

        await SuspendAsync(whole: true);
        await Task.Delay(TimeSpan.FromSeconds(1.1), Token);

        await RefusedAsync(BackendError.Suspended, () => elsewhere.NamesAsync());
    }

    [Fact]
    public virtual Task A_user_who_is_not_there_is_refused() =>
        RefusedAsync(BackendError.NoSuchUser, () => Fixture.Users.SuspendUserAsync("nobody@example.org", Token));

    Task SuspendAsync(bool whole) => whole ? Fixture.Tenants.SuspendTenantAsync(Tenant, Token) : Fixture.Users.SuspendUserAsync(Username, Token);

    Task ResumeAsync(bool whole) => whole ? Fixture.Tenants.ResumeTenantAsync(Tenant, Token) : Fixture.Users.ResumeUserAsync(Username, Token);

    async Task<(AccountState Tenant, AccountState User)> StatesAsync() => (
        (await Fixture.Tenants.ListTenantsAsync(Token).SingleAsync(tenant => tenant.Name == Tenant, Token)).State,
        (await Fixture.Users.ListUsersAsync(Token).SingleAsync(user => user.Username == Username, Token)).State);
}
