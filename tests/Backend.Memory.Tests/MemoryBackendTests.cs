using Microsoft.Extensions.DependencyInjection;

namespace Backend.Memory.Tests;

/// <summary>What the store in memory has beside the contract.</summary>
public sealed class MemoryBackendTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Services_get_one_store_with_the_clock_that_is_there()
    {
        var time = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero);
        await using var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(new Backend.Specification.Tests.Fixtures.TestClock { Now = time })
            .AddMemoryMailStore()
            .BuildServiceProvider();

        await services.GetRequiredService<IUserDirectory>().AddUserAsync("ada", "secret", Token);
        var user = await services.GetRequiredService<IBackend>().LoginAsync("ada", "secret", Token);
        using var subscription = services.GetRequiredService<IUpdater>().Subscribe("ada");
        await user.CreateMailboxAsync(MailboxName.Parse("a"), CreateOptions.Default, Token);

        Assert.True(subscription.Updates.TryRead(out _));
        await foreach (var info in services.GetRequiredService<IUserDirectory>().ListUsersAsync(Token))
            Assert.Equal(time, info.Created);
    }

    [Fact]
    public async Task Without_a_clock_it_is_now()
    {
        var backend = new MemoryBackend();
        await backend.AddUserAsync("ada", "secret", Token);

        await foreach (var info in backend.ListUsersAsync(Token))
            Assert.InRange(info.Created, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
    }

    [Fact]
    public void An_update_from_outside_reaches_those_it_is_for()
    {
        var backend = new MemoryBackend();
        using var ada = backend.Subscribe("ada");
        using var bob = backend.Subscribe("bob");
        var forAda = new StatusUpdate { Username = "Ada", Text = "The disk is nearly full" };
        var forAll = new StatusUpdate { Text = "The server will be down tonight" };

        backend.Publish(forAda);
        backend.Publish(forAll);

        Assert.Equal([forAda, forAll], Read(ada));
        Assert.Equal([forAll], Read(bob));
        Assert.True(forAda.Completion.IsCompleted);
        Assert.True(forAll.Completion.IsCompleted);
    }

    [Fact]
    public async Task Every_name_that_comes_or_goes_is_told_of()
    {
        var backend = new MemoryBackend();
        await backend.AddUserAsync("ada", "secret", Token);
        var user = await backend.OpenUserAsync("ada", Token);
        using var subscription = backend.Subscribe("ada");

        await user.CreateMailboxAsync(MailboxName.Parse("a/b"), CreateOptions.Default, Token);
        Assert.Equal(["+a", "+a/b"], Read(subscription).Select(Told));
        await user.RenameMailboxAsync(MailboxName.Parse("a"), MailboxName.Parse("c/d"), Token);
        Assert.Equal(["+c", "+c/d", "+c/d/b", "-a", "-a/b"], Read(subscription).Select(Told).Order(StringComparer.Ordinal));
        await user.DeleteMailboxAsync(MailboxName.Parse("c/d/b"), Token);
        Assert.Equal(["-c/d/b"], Read(subscription).Select(Told));

        static string Told(Update update) => $"{(Assert.IsType<MailboxUpdate>(update).Status is null ? '-' : '+')}{update.Mailbox}";
    }

    static List<Update> Read(IUpdateSubscription subscription)
    {
        var updates = new List<Update>();
        while (subscription.Updates.TryRead(out var update))
        {
            update.Done();
            updates.Add(update);
        }

        return updates;
    }

    [Theory]
    [InlineData(typeof(IUser), true)]
    [InlineData(typeof(IMoveMailbox), true)]
    [InlineData(typeof(IUpdaterMailbox), true)]
    [InlineData(typeof(IDisposable), false)]
    public void It_says_what_its_users_and_mailboxes_can_do(Type capability, bool expected) => Assert.Equal(expected, new MemoryBackend().Supports(capability));
}
