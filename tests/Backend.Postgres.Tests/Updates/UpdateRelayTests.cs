using System.Diagnostics;
using Backend.EfCore.Updates;
using Microsoft.Extensions.Time.Testing;

namespace Backend.Postgres.Tests.Updates;

/// <summary>What is between a store's updates and the connections by which they travel.</summary>
public sealed class UpdateRelayTests : IAsyncDisposable
{
    readonly FakeNotifications notifications = new();
    readonly FakeTimeProvider time = new();
    readonly RecordingLog hereLog = new();
    readonly RecordingLog thereLog = new();
    readonly UpdateHub hereHub = new();
    readonly UpdateHub thereHub = new();
    readonly UpdateRelay here;
    readonly UpdateRelay there;

    public UpdateRelayTests()
    {
        here = new UpdateRelay(notifications, hereHub, time, hereLog);
        there = new UpdateRelay(notifications, thereHub, time, thereLog);
    }

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await here.DisposeAsync();
        await there.DisposeAsync();
    }

    [Fact]
    public async Task Only_the_others_hear_and_only_who_is_meant()
    {
        using var sender = await SubscribeAsync(hereHub, "ada");
        using var receiver = await SubscribeAsync(thereHub, "ada");
        using var stranger = thereHub.Subscribe("bob");

        here.Send([Some.Flags("ada", "a", 1, "1")]);
        here.Send([Some.Expunged("ada", "a", 2, "1")]);

        Assert.Equal("F ada a 1 1", await NextAsync(receiver));
        Assert.Equal("X ada a 2 1", await NextAsync(receiver));
        Assert.False(stranger.Updates.TryRead(out _));
        Assert.False(sender.Updates.TryRead(out _));
    }

    [Fact]
    public async Task Without_subscribers_nothing_is_connected_for_them()
    {
        here.Send([Some.Flags("ada", "a", 1, "1")]);
        await UntilAsync(() => notifications.Texts.Count == 1);

        Assert.Equal(1, notifications.Attempts);
    }

    /// <summary>While one sending is under way the rest waits, in bounded memory, and goes out in a few texts.</summary>
    [Fact]
    public async Task What_comes_while_something_is_sent_is_sent_together()
    {
        using var receiver = await SubscribeAsync(thereHub, "ada");
        notifications.HoldUp = new TaskCompletionSource();
        here.Send([Some.State("ada", "a", 1)]);
        await Task.Delay(50, Token);
        for (var i = 2; i <= 200_000; i++)
            here.Send([i % 2 == 0 ? Some.Flags("ada", "a", i, $"{i % 10 * 2 + 1}") : Some.State("ada", "a", i)]);
        here.Send([Some.Expunged("ada", "a", 200_001, "1")]);

        notifications.HoldUp.SetResult();

        var last = "";
        var count = 0;
        for (; last != "X ada a 200001 1"; count++)
            last = await NextAsync(receiver);
        Assert.InRange(count, 1, 2 * UpdateOutbox.Capacity);
        Assert.InRange(notifications.Sendings, 1, 3);
        Assert.InRange(notifications.Texts.Count, 1, 20);
    }

    [Fact]
    public async Task A_cut_is_told_once_and_followed_by_a_hint_for_everybody()
    {
        using var ada = await SubscribeAsync(thereHub, "ada");
        using var bob = thereHub.Subscribe("bob");

        notifications.Refuses = true;
        notifications.Cut();
        await UntilAsync(() => notifications.Attempts >= 6, advance: true);
        notifications.Refuses = false;
        await UntilAsync(() => thereLog.Of(1021).Count == 1, advance: true);

        Assert.Equal("*", await NextAsync(ada));
        Assert.Equal("*", await NextAsync(bob));
        Assert.Equal("Warning: What other processes change is heard of only at each session's next command, until the connection for it is back: The connection was cut.", Assert.Single(thereLog.Of(1020)));
        here.Send([Some.Flags("ada", "a", 1, "1")]);
        Assert.Equal("F ada a 1 1", await NextAsync(ada));
    }

    [Fact]
    public async Task Attempts_become_rarer_but_never_rarer_than_every_ten_seconds()
    {
        notifications.Refuses = true;
        using var subscription = thereHub.Subscribe("ada");
        for (var i = 0; i < 40; i++)
        {
            await Task.Delay(1, Token);
            time.Advance(TimeSpan.FromSeconds(0.5));
        }

        var before = notifications.Attempts;
        Assert.InRange(before, 5, 20);
        await UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(10));
                return notifications.Attempts >= before + 5;
            });
    }

    [Fact]
    public async Task What_could_not_be_sent_is_sent_when_it_can_be_as_a_hint()
    {
        using var receiver = await SubscribeAsync(thereHub, "ada");
        here.Send([Some.State("ada", "a", 1)]);
        Assert.Equal("M ada a 1", await NextAsync(receiver));

        notifications.Refuses = true;
        here.Send([Some.Flags("ada", "a", 2, "1")]);
        await UntilAsync(() => hereLog.Of(1022).Count == 1, advance: true);
        here.Send([Some.Expunged("ada", "b", 3, "1")]);
        notifications.Refuses = false;
        await UntilAsync(() => hereLog.Of(1023).Count == 1, advance: true);

        Assert.Equal("M ada a 2", await NextAsync(receiver));
        Assert.Contains(await NextAsync(receiver), (string[])["X ada b 3 1", "M ada b 3"]);
        Assert.StartsWith("Warning: Other processes cannot be told of changes", Assert.Single(hereLog.Of(1022)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_in_line_at_the_end_is_sent()
    {
        using var receiver = await SubscribeAsync(thereHub, "ada");

        here.Send([Some.State("ada", "a", 1), Some.State("ada", "b", 2)]);
        await here.DisposeAsync();

        Assert.Equal("M ada a 1", await NextAsync(receiver));
        Assert.Equal("M ada b 2", await NextAsync(receiver));
        here.Send([Some.State("ada", "a", 3)]);
        using var tooLate = hereHub.Subscribe("ada");
    }

    [Fact]
    public async Task The_end_waits_two_seconds_for_what_is_being_sent_and_not_longer()
    {
        notifications.HoldUp = new TaskCompletionSource();
        here.Send([Some.State("ada", "a", 1)]);
        await UntilAsync(() => notifications.Attempts == 1);

        var ending = here.DisposeAsync().AsTask();
        await Task.Delay(50, Token);
        time.Advance(TimeSpan.FromSeconds(1.9));
        await Task.Delay(50, Token);
        Assert.False(ending.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));

        await ending.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    [Fact]
    public async Task The_end_does_not_wait_while_nobody_answers()
    {
        notifications.Refuses = true;
        here.Send([Some.State("ada", "a", 1)]);
        using var subscription = hereHub.Subscribe("ada");
        await UntilAsync(() => notifications.Attempts >= 2);

        await here.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    /// <summary>A subscription on a store that hears others by now.</summary>
    static async Task<IUpdateSubscription> SubscribeAsync(UpdateHub hub, string username)
    {
        var subscription = hub.Subscribe(username);
        Assert.Equal("*", await NextAsync(subscription));
        return subscription;
    }

    static async Task<string> NextAsync(IUpdateSubscription subscription)
    {
        var update = await subscription.Updates.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);
        update.Done();
        return Some.Describe(update);
    }

    async Task UntilAsync(Func<bool> condition, bool advance = false)
    {
        for (var waited = Stopwatch.StartNew(); !condition(); await Task.Delay(1, Token))
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "It does not come.");
            if (advance)
                time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
