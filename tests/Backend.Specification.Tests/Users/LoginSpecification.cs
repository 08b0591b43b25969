using System.Diagnostics;

namespace Backend.Specification.Tests.Users;

/// <summary>IBackend.LoginAsync. RFC 9051 §6.2.3, §11.6; RFC 3501 §6.2.3.</summary>
public abstract class LoginSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task The_right_password_opens_the_user()
    {
        var user = await Fixture.Backend.LoginAsync(Username, Password, Token);

        Assert.Equal(Username, user.Username);
        Assert.Equal(["INBOX"], await user.NamesAsync());
    }

    [Fact]
    public virtual async Task A_wrong_name_and_a_wrong_password_are_the_same_error()
    {
        var wrongPassword = await RefusedAsync(BackendError.InvalidCredentials, () => Fixture.Backend.LoginAsync(Username, "wrong", Token));
        var wrongName = await RefusedAsync(BackendError.InvalidCredentials, () => Fixture.Backend.LoginAsync("nobody@example.org", Password, Token));

        Assert.Equal(wrongPassword.Message, wrongName.Message);
    }

    [Fact]
    public virtual async Task A_wrong_name_takes_as_long_as_a_wrong_password()
    {
        var names = new List<TimeSpan>();
        var passwords = new List<TimeSpan>();
        for (var i = 0; i < 20; i++)
        {
            passwords.Add(await TimeAsync(Username));
            names.Add(await TimeAsync($"nobody{i}@example.org"));
        }

        // The shortest of each: on a busy machine the others are noise. A store that answers an unknown name without hashing is off by far more.
        Assert.InRange(names.Min() / passwords.Min(), 0.4, 2.5);

        async Task<TimeSpan> TimeAsync(string username)
        {
            var watch = Stopwatch.StartNew();
            await RefusedAsync(BackendError.InvalidCredentials, () => Fixture.Backend.LoginAsync(username, "wrong", Token));
            return watch.Elapsed;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\0")]
    [InlineData("%")]
    [InlineData("user_@example.org")]
    [InlineData("' OR 1=1 --")]
    [InlineData("a/b")]
    public virtual Task A_name_that_no_user_can_have_is_a_wrong_name(string username) =>
        RefusedAsync(BackendError.InvalidCredentials, () => Fixture.Backend.LoginAsync(username, Password, Token));

    [Fact]
    public virtual Task A_name_or_password_that_is_no_unicode_text_is_just_wrong() =>
        Task.WhenAll(
            RefusedAsync(BackendError.InvalidCredentials, () => Fixture.Backend.LoginAsync("\ud800", Password, Token)),
            RefusedAsync(BackendError.InvalidCredentials, () => Fixture.Backend.LoginAsync(Username, "\ud800", Token)));

    [Fact]
    public virtual Task A_name_or_password_of_any_length_is_just_wrong() =>
        Task.WhenAll(
            RefusedAsync(BackendError.InvalidCredentials, () => Fixture.Backend.LoginAsync(new string('n', 100_000), Password, Token)),
            RefusedAsync(BackendError.InvalidCredentials, () => Fixture.Backend.LoginAsync(Username, new string('p', 100_000), Token)));

    [Theory]
    [InlineData("")]
    [InlineData("correct horse battery staple ")]
    [InlineData(" correct horse battery staple")]
    [InlineData("Correct horse battery staple")]
    [InlineData("correct horse battery")]
    public virtual Task Every_character_of_the_password_counts(string password) =>
        RefusedAsync(BackendError.InvalidCredentials, () => Fixture.Backend.LoginAsync(Username, password, Token));

    [Theory]
    [InlineData("x")]
    [InlineData("trailing space ")]
    [InlineData("Пароль 密码 🔑")]
    [InlineData("a=b,n=c,r=\"'%_\\")]
    [InlineData("{SCRAM-SHA-256}")]
    public virtual async Task Any_text_can_be_a_password(string password)
    {
        await Fixture.Users.SetPasswordAsync(Username, password, Token);

        Assert.Equal(Username, (await Fixture.Backend.LoginAsync(Username, password, Token)).Username);
        await RefusedAsync(BackendError.InvalidCredentials, () => Fixture.Backend.LoginAsync(Username, password + "x", Token));
    }

    [Fact]
    public virtual async Task A_password_of_a_thousand_characters_is_compared_to_its_end()
    {
        var password = new string('p', 1000);
        await Fixture.Users.SetPasswordAsync(Username, password, Token);

        await Fixture.Backend.LoginAsync(Username, password, Token);
        await RefusedAsync(BackendError.InvalidCredentials, () => Fixture.Backend.LoginAsync(Username, password[..^1] + "q", Token));
    }

    [Fact]
    public virtual async Task The_name_is_taken_in_any_case_and_kept_as_created()
    {
        var lower = await Fixture.Backend.LoginAsync(Username.ToLowerInvariant(), Password, Token);
        var upper = await Fixture.Backend.LoginAsync(Username.ToUpperInvariant(), Password, Token);

        Assert.Equal(Username, lower.Username);
        Assert.Equal(Username, upper.Username);
    }

    [Fact]
    public virtual async Task Connections_of_one_user_see_the_same_mailboxes()
    {
        var other = await LoginAsync();

        await (await User.CreateAsync("a")).AppendAsync("Seen by both");

        Assert.Single(await (await other.OpenAsync("a")).UidsAsync());
    }

    [Fact]
    public virtual async Task Logging_out_ends_one_connection_only()
    {
        var other = await LoginAsync();

        await other.LogoutAsync();

        Assert.Equal(["INBOX"], await User.NamesAsync());
        Assert.Equal(["INBOX"], await (await LoginAsync()).NamesAsync());
    }

    [Fact]
    public virtual async Task Many_connections_log_in_at_once()
    {
        var names = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () => (await LoginAsync()).Username, Token)));

        Assert.All(names, name => Assert.Equal(Username, name));
    }

    [Fact]
    public virtual Task A_login_that_is_given_up_ends_as_such() =>
        Assert.ThrowsAnyAsync<OperationCanceledException>(() => Fixture.Backend.LoginAsync(Username, Password, new CancellationToken(canceled: true)));
}
