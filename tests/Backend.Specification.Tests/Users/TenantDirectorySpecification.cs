namespace Backend.Specification.Tests.Users;

/// <summary>ITenantDirectory, and which tenant a user belongs to.</summary>
public abstract class TenantDirectorySpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    ITenantDirectory Tenants => Fixture.Tenants;

    IUserDirectory Users => Fixture.Users;

    string Domain => $"{Tenant}.test";

    [Fact]
    public virtual async Task A_tenant_is_listed_with_what_it_has()
    {
        await Tenants.AddDomainAsync(Tenant, $"b.{Domain}", Token);
        await Tenants.AddDomainAsync(Tenant.ToUpperInvariant(), $"A.{Domain}", Token);
        await Tenants.SetMaxUsersAsync(Tenant, 7, Token);
        await Users.AddUserAsync($"second@a.{Domain}", Password, Token);
        await (await InboxAsync()).AppendAsync(Mail.OfSize(1000));
        await (await (await Fixture.Backend.LoginAsync($"second@a.{Domain}", Password, Token)).OpenAsync("INBOX")).AppendAsync(Mail.OfSize(500));

        var listed = await FindAsync(Tenant);

        Assert.Equal([$"a.{Domain}", $"b.{Domain}"], listed.Domains);
        Assert.Equal((AccountState.Active, 7, 2L, 2L, 1500L), (listed.State, listed.MaxUsers, listed.Users, listed.Messages, listed.Size));
    }

    [Fact]
    public virtual async Task The_list_is_in_the_order_of_names()
    {
        await Tenants.AddTenantAsync("zz-" + Tenant, [], null, Token);
        await Tenants.AddTenantAsync("AA-" + Tenant, [], null, Token);

        var names = (await ListAsync()).ConvertAll(static tenant => tenant.Name);

        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Contains("aa-" + Tenant, names);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData(".a")]
    [InlineData("a-")]
    [InlineData("müller")]
    public virtual Task A_name_that_could_not_be_that_of_a_file_is_refused(string name) =>
        RefusedAsync(BackendError.InvalidTenantName, () => Tenants.AddTenantAsync(name, [], null, Token));

    [Fact]
    public virtual async Task A_name_has_up_to_64_characters_and_is_given_once_whatever_its_case()
    {
        var longest = Tenant.PadRight(64, 'x');

        await RefusedAsync(BackendError.InvalidTenantName, () => Tenants.AddTenantAsync(longest + "x", [], null, Token));
        await Tenants.AddTenantAsync(longest, [], null, Token);
        await RefusedAsync(BackendError.TenantAlreadyExists, () => Tenants.AddTenantAsync(longest.ToUpperInvariant(), [], null, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Tenants.AddTenantAsync("less", [], -1, Token));
    }

    [Fact]
    public virtual async Task What_is_not_there_is_refused()
    {
        await RefusedAsync(BackendError.NoSuchTenant, () => Tenants.AddDomainAsync("nobody", Domain, Token));
        await RefusedAsync(BackendError.NoSuchTenant, () => Tenants.RemoveDomainAsync("nobody", Domain, Token));
        await RefusedAsync(BackendError.NoSuchTenant, () => Tenants.SuspendTenantAsync("nobody", Token));
        await RefusedAsync(BackendError.NoSuchTenant, () => Tenants.ResumeTenantAsync("nobody", Token));
        await RefusedAsync(BackendError.NoSuchTenant, () => Tenants.SetMaxUsersAsync("nobody", 1, Token));
        await RefusedAsync(BackendError.NoSuchTenant, () => Tenants.RemoveTenantAsync("nobody", Token));
        await RefusedAsync(BackendError.NoSuchTenant, () => Users.AddUserAsync(Fixture.NextUsername(), Password, "nobody", Token));
        await RefusedAsync(BackendError.NoSuchTenant, async () => await Users.ListUsersAsync("nobody", Token).ToListAsync(Token));
        await RefusedAsync(BackendError.NoSuchDomain, () => Tenants.RemoveDomainAsync(Tenant, Domain, Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a@b")]
    [InlineData("a/b")]
    [InlineData(".b")]
    [InlineData("b.")]
    [InlineData("a\tb")]
    public virtual Task A_domain_that_could_not_be_in_a_name_is_refused(string domain) =>
        RefusedAsync(BackendError.InvalidDomain, () => Tenants.AddDomainAsync(Tenant, domain, Token));

    [Fact]
    public virtual async Task A_domain_belongs_to_one_tenant_whatever_its_case()
    {
        var other = "other-" + Tenant;
        await Tenants.AddTenantAsync(other, [], null, Token);
        await Tenants.AddDomainAsync(Tenant, Domain, Token);
        await Tenants.AddDomainAsync(Tenant, Domain.ToUpperInvariant(), Token);

        await RefusedAsync(BackendError.DomainTaken, () => Tenants.AddDomainAsync(other, Domain.ToUpperInvariant(), Token));
        await RefusedAsync(BackendError.DomainTaken, () => Tenants.AddTenantAsync("third-" + Tenant, [$"free.{Domain}", Domain], null, Token));
        Assert.DoesNotContain(await ListAsync(), tenant => tenant.Name.StartsWith("third", StringComparison.Ordinal));
        Assert.Equal([Domain], (await FindAsync(Tenant)).Domains);

        await Tenants.RemoveDomainAsync(Tenant, Domain.ToUpperInvariant(), Token);
        await Tenants.AddDomainAsync(other, Domain, Token);
        Assert.Equal([Domain], (await FindAsync(other)).Domains);
    }

    [Fact]
    public virtual async Task A_user_belongs_to_the_tenant_that_owns_the_domain()
    {
        await Tenants.AddDomainAsync(Tenant, Domain, Token);

        await Users.AddUserAsync($"Ada@{Domain.ToUpperInvariant()}", Password, Token);
        await Users.AddUserAsync($"a@b@{Domain}", Password, Tenant, Token);
        await Users.AddUserAsync($"ada@sub.{Domain}", Password, Token);
        await Users.AddUserAsync($"ada.{Domain}", Password, Token);

        Assert.Equal([$"a@b@{Domain}", $"Ada@{Domain.ToUpperInvariant()}", Username], await NamesAsync(Tenant));
        Assert.Equal(ITenantDirectory.Default, (await UserAsync($"ada@sub.{Domain}")).Tenant);
        Assert.Equal(ITenantDirectory.Default, (await UserAsync($"ada.{Domain}")).Tenant);
        await RefusedAsync(BackendError.DomainTaken, () => Users.AddUserAsync($"eve@{Domain}", Password, ITenantDirectory.Default, Token));
    }

    [Fact]
    public virtual async Task Users_of_no_named_tenant_come_with_their_domain_and_those_of_another_hold_it()
    {
        await Users.AddUserAsync($"ada@{Domain}", Password, Token);
        await Tenants.AddDomainAsync(Tenant, Domain, Token);
        Assert.Equal(Tenant, (await UserAsync($"ada@{Domain}")).Tenant);

        await Users.AddUserAsync($"eve@held.{Domain}", Password, Tenant, Token);
        await Tenants.AddTenantAsync("other-" + Tenant, [], null, Token);
        await RefusedAsync(BackendError.DomainTaken, () => Tenants.AddDomainAsync("other-" + Tenant, $"held.{Domain}", Token));
        await Tenants.AddDomainAsync(Tenant, $"held.{Domain}", Token);
    }

    [Fact]
    public virtual async Task A_tenant_has_no_more_users_than_it_may()
    {
        await Tenants.AddDomainAsync(Tenant, Domain, Token);
        await Tenants.SetMaxUsersAsync(Tenant, 3, Token);

        var outcomes = await AtOnceAsync(6, async (_, i) =>
        {
            try
            {
                await Users.AddUserAsync($"user{i}@{Domain}", Password, Token);
                return BackendError.Corruption;
            }
            catch (BackendException refusal)
            {
                return refusal.Error;
            }
        });

        Assert.Equal(2, outcomes.Count(static outcome => outcome == BackendError.Corruption));
        Assert.Equal(4, outcomes.Count(static outcome => outcome == BackendError.Limit));
        await Users.AddUserAsync($"later@x.{Domain}", Password, Token);
        await RefusedAsync(BackendError.Limit, () => Tenants.AddDomainAsync(Tenant, $"x.{Domain}", Token));
        await Tenants.SetMaxUsersAsync(Tenant, null, Token);
        await Tenants.AddDomainAsync(Tenant, $"x.{Domain}", Token);
        Assert.Equal(4, (await FindAsync(Tenant)).Users);
    }

    [Fact]
    public virtual async Task A_tenant_is_removed_whole_and_nothing_else()
    {
        await Tenants.AddDomainAsync(Tenant, Domain, Token);
        await Users.AddUserAsync($"second@{Domain}", Password, Token);
        var outsider = Fixture.NextUsername();
        await Users.AddUserAsync(outsider, Password, Token);
        var box = await User.CreateAsync("a/b");
        await box.AppendAsync("Secret-7fd1");

        await Tenants.RemoveTenantAsync(Tenant.ToUpperInvariant(), Token);

        Assert.DoesNotContain(await ListAsync(), tenant => tenant.Name == Tenant);
        await RefusedAsync(BackendError.InvalidCredentials, LoginAsync);
        await RefusedAsync(BackendError.NoSuchUser, () => Users.OpenUserAsync($"second@{Domain}", Token));
        await RefusedAsync(BackendError.NoSuchMailbox, () => box.UidsAsync());
        await Fixture.Backend.LoginAsync(outsider, Password, Token);
        await Tenants.AddTenantAsync(Tenant, [Domain], null, Token);
        Assert.Equal(0, (await FindAsync(Tenant)).Users);
    }

    [Fact]
    public virtual async Task What_is_stored_of_a_password_can_be_given_to_another_user()
    {
        var stored = await Users.GetPasswordAsync(Username.ToUpperInvariant(), Token);
        Assert.True(StoredPassword.TryParse(stored.ToString(), out var parsed));
        var name = Fixture.NextUsername();

        await Users.AddUserAsync(name, parsed, Tenant, Token);

        await Fixture.Backend.LoginAsync(name, Password, Token);
        await RefusedAsync(BackendError.InvalidCredentials, () => Fixture.Backend.LoginAsync(name, "wrong", Token));
        Assert.Equal(stored, await Users.GetPasswordAsync(name, Token));
        await RefusedAsync(BackendError.NoSuchUser, () => Users.GetPasswordAsync("nobody@example.org", Token));
    }

    Task<List<TenantInfo>> ListAsync() => Tenants.ListTenantsAsync(Token).ToListAsync(Token).AsTask();

    async Task<TenantInfo> FindAsync(string name) => Assert.Single(await ListAsync(), tenant => tenant.Name == name);

    async Task<UserInfo> UserAsync(string name) => Assert.Single(await Users.ListUsersAsync(Token).ToListAsync(Token), user => user.Username == name);

    async Task<IEnumerable<string>> NamesAsync(string tenant) => (await Users.ListUsersAsync(tenant, Token).ToListAsync(Token)).Select(static user => user.Username);
}
