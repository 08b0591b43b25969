namespace Backend.Specification.Tests.Users;

/// <summary>IUserDirectory. RFC 5803; RFC 7677.</summary>
public abstract class UserDirectorySpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    IUserDirectory Users => Fixture.Users;

    [Fact]
    public virtual async Task A_user_who_is_added_has_an_empty_inbox_and_nothing_else()
    {
        Assert.Equal(["INBOX"], await User.NamesAsync());
        Assert.Empty(await (await InboxAsync()).UidsAsync());
        Assert.Empty(await User.SubscribedNamesAsync());
    }

    [Fact]
    public virtual async Task A_name_can_be_given_once_whatever_its_case()
    {
        await RefusedAsync(BackendError.UserAlreadyExists, () => Users.AddUserAsync(Username, "other", Token));
        await RefusedAsync(BackendError.UserAlreadyExists, () => Users.AddUserAsync(Username.ToUpperInvariant(), "other", Token));

        await LoginAsync();
        await RefusedAsync(BackendError.InvalidCredentials, () => Fixture.Backend.LoginAsync(Username, "other", Token));
    }

    [Fact]
    public virtual async Task Of_eight_who_add_the_same_name_at_once_one_succeeds()
    {
        var name = Fixture.NextUsername();
        var outcomes = await AtOnceAsync(8, async (_, i) =>
        {
            try
            {
                await Users.AddUserAsync(name, $"password {i}", Token);
                return BackendError.Corruption;
            }
            catch (BackendException refusal)
            {
                return refusal.Error;
            }
        });

        Assert.Single(outcomes, BackendError.Corruption);
        Assert.Equal(7, outcomes.Count(static outcome => outcome == BackendError.UserAlreadyExists));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    [InlineData("a\tb")]
    [InlineData("a\r\nb")]
    [InlineData("a\u007fb")]
    [InlineData("a\u0085b")]
    public virtual Task A_name_with_spaces_control_characters_or_slashes_is_refused(string username) =>
        RefusedAsync(BackendError.InvalidUserName, () => Users.AddUserAsync(username, Password, Token));

    [Fact]
    public virtual async Task A_name_has_up_to_255_characters()
    {
        var longest = Fixture.NextUsername().PadRight(255, 'x');

        await RefusedAsync(BackendError.InvalidUserName, () => Users.AddUserAsync(longest + "x", Password, Token));
        await Users.AddUserAsync(longest, Password, Token);
        Assert.Equal(longest, (await Fixture.Backend.LoginAsync(longest, Password, Token)).Username);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("jürgen@müller.example")]
    [InlineData("日本語")]
    [InlineData("o'brien\"@example.org")]
    [InlineData("100%_\\*?")]
    [InlineData("🙂")]
    public virtual async Task Any_other_text_can_be_a_name(string text)
    {
        var name = text + Fixture.NextUsername();

        await Users.AddUserAsync(name, Password, Token);

        Assert.Equal(name, (await Fixture.Backend.LoginAsync(name, Password, Token)).Username);
        Assert.Contains(await ListAsync(), user => user.Username == name);
        await Users.RemoveUserAsync(name, Token);
    }

    [Fact]
    public virtual async Task A_password_has_1_to_1000_characters()
    {
        var name = Fixture.NextUsername();

        await RefusedAsync(BackendError.InvalidPassword, () => Users.AddUserAsync(name, "", Token));
        await RefusedAsync(BackendError.InvalidPassword, () => Users.AddUserAsync(name, new string('p', 1001), Token));
        Assert.DoesNotContain(await ListAsync(), user => user.Username == name);
        await RefusedAsync(BackendError.InvalidPassword, () => Users.SetPasswordAsync(Username, "", Token));
        await RefusedAsync(BackendError.InvalidPassword, () => Users.SetPasswordAsync(Username, new string('p', 1001), Token));
        await LoginAsync();
    }

    [Fact]
    public virtual async Task A_new_password_takes_the_place_of_the_old()
    {
        await Users.SetPasswordAsync(Username.ToUpperInvariant(), "another", Token);

        await Fixture.Backend.LoginAsync(Username, "another", Token);
        await RefusedAsync(BackendError.InvalidCredentials, LoginAsync);
    }

    [Fact]
    public virtual async Task A_user_who_is_not_there_is_refused()
    {
        await RefusedAsync(BackendError.NoSuchUser, () => Users.SetPasswordAsync("nobody@example.org", Password, Token));
        await RefusedAsync(BackendError.NoSuchUser, () => Users.RemoveUserAsync("nobody@example.org", Token));
        await RefusedAsync(BackendError.NoSuchUser, () => Users.OpenUserAsync("nobody@example.org", Token));
    }

    [Fact]
    public virtual async Task The_list_is_in_the_order_of_names()
    {
        await Users.AddUserAsync("zoe" + Username, Password, Token);
        await Users.AddUserAsync("adam" + Username, Password, Token);

        var names = (await ListAsync()).ConvertAll(static user => user.Username);

        Assert.Equal(names.Order(StringComparer.OrdinalIgnoreCase), names);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public virtual async Task The_list_counts_mailboxes_messages_and_octets()
    {
        Fixture.Clock.Advance(TimeSpan.FromDays(1));
        var name = Fixture.NextUsername();
        await Users.AddUserAsync(name, Password, Token);
        var user = await Fixture.Backend.LoginAsync(name, Password, Token);
        await (await user.OpenAsync("INBOX")).AppendAsync(Mail.OfSize(1000));
        var box = await user.CreateAsync("a/b");
        await box.AppendAsync(Mail.OfSize(500));
        await box.CopyAsync(UidSet.All, "a");
        await box.DiscardAsync(await box.AppendAsync(Mail.OfSize(300)));

        var listed = Assert.Single(await ListAsync(), user => user.Username == name);

        Assert.Equal(new UserInfo(name, ITenantDirectory.Default, AccountState.Active, 3, 3, 2000, Fixture.Clock.Now), listed);
    }

    [Fact]
    public virtual async Task A_user_is_removed_with_everything()
    {
        var box = await User.CreateAsync("a/b");
        await box.AppendAsync();
        await User.SubscribeAsync("a");

        await Users.RemoveUserAsync(Username.ToLowerInvariant(), Token);

        Assert.DoesNotContain(await ListAsync(), user => user.Username == Username);
        await RefusedAsync(BackendError.InvalidCredentials, LoginAsync);
        await RefusedAsync(BackendError.NoSuchMailbox, () => box.UidsAsync());
        await RefusedAsync(BackendError.NoSuchMailbox, () => box.AppendAsync());
    }

    [Fact]
    public virtual async Task A_removed_name_can_be_given_again_and_has_nothing_of_the_old()
    {
        await (await User.CreateAsync("a/b")).AppendAsync("Secret");
        await (await InboxAsync()).AppendAsync("Secret");
        await User.SubscribeAsync("a");
        await Users.RemoveUserAsync(Username, Token);

        await Users.AddUserAsync(Username, Password, Token);

        var user = await LoginAsync();
        Assert.Equal(["INBOX"], await user.NamesAsync());
        Assert.Empty(await user.SubscribedNamesAsync());
        Assert.Empty(await (await user.OpenAsync("INBOX")).UidsAsync());
        Assert.Empty(await (await user.CreateAsync("a/b")).UidsAsync());
    }

    /// <summary>RFC 9051 §2.3.1.1: a client's cache of the removed user must not fit the new one.</summary>
    [Fact]
    public virtual async Task A_name_given_again_has_another_uidvalidity()
    {
        var before = (await (await InboxAsync()).StatusAsync()).UidValidity!.Value;
        await Users.RemoveUserAsync(Username, Token);
        Fixture.Clock.Advance(TimeSpan.FromHours(1));

        await Users.AddUserAsync(Username, Password, Token);

        var after = (await (await (await LoginAsync()).OpenAsync("INBOX")).StatusAsync()).UidValidity!.Value;
        Assert.True(after.Value > before.Value, $"UIDVALIDITY was {before} and is {after}");
    }

    [Fact]
    public virtual async Task Users_of_similar_names_stay_when_one_is_removed()
    {
        var stem = Username.Replace('@', '-');
        string[] others = [$"a{stem}", $"ax{stem}", $"a_{stem}x", $"a%{stem}"];
        await Users.AddUserAsync($"a_{stem}", Password, Token);
        foreach (var other in others)
            await Users.AddUserAsync(other, Password, Token);

        await Users.RemoveUserAsync($"a_{stem}", Token);

        foreach (var other in others)
            await Fixture.Backend.LoginAsync(other, Password, Token);
    }

    [Fact]
    public virtual async Task The_administrator_opens_a_user_without_a_password()
    {
        await (await User.CreateAsync("a")).AppendAsync();

        var opened = await Users.OpenUserAsync(Username.ToUpperInvariant(), Token);

        Assert.Equal(Username, opened.Username);
        Assert.Single(await (await opened.OpenAsync("a")).UidsAsync());
    }

    [Fact]
    public virtual async Task The_password_itself_is_nowhere_in_the_store()
    {
        const string secret = "Plaintext-3f9a1c";
        await Users.SetPasswordAsync(Username, secret, Token);

        var name = await Fixture.HoldsAsync(Mail.Text(Username), Token);
        Assert.SkipWhen(name is null, "What this store keeps cannot be looked at.");

        Assert.True(name, "The search for octets does not even find the name.");
        Assert.False(await Fixture.HoldsAsync(Mail.Text(secret), Token));
        Assert.False(await Fixture.HoldsAsync(Encoding.Unicode.GetBytes(secret), Token));
        Assert.False(await Fixture.HoldsAsync(Mail.Text(Convert.ToBase64String(Mail.Text(secret))), Token));
    }

    async Task<List<UserInfo>> ListAsync()
    {
        var users = new List<UserInfo>();
        await foreach (var user in Users.ListUsersAsync(Token))
            users.Add(user);
        return users;
    }
}
