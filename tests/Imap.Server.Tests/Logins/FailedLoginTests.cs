using System.Diagnostics;
using System.Net;
using Imap.Server.Errors;
using Imap.Server.Logins;
using Microsoft.Extensions.Time.Testing;

namespace Imap.Server.Tests.Logins;

/// <summary>Guessing passwords is slow, and locks out nobody but who guesses.</summary>
public sealed class FailedLoginTests
{
    static readonly IPEndPoint Attacker = new(IPAddress.Parse("192.0.2.1"), 1);
    static readonly IPEndPoint Owner = new(IPAddress.Parse("198.51.100.7"), 1);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_failure_takes_longer_than_the_one_before()
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.FailedLoginDelay = TimeSpan.FromMilliseconds(200));
        using var client = await server.ConnectAsync();
        var times = new List<TimeSpan>();
        for (var i = 0; i < 3; i++)
        {
            var watch = Stopwatch.StartNew();
            Assert.StartsWith("a NO [AUTHENTICATIONFAILED] ", (await client.CommandAsync("a", "LOGIN user wrong"))[^1], StringComparison.Ordinal);
            times.Add(watch.Elapsed);
        }

        Assert.True(times[0] >= TimeSpan.FromMilliseconds(190) && times[1] >= TimeSpan.FromMilliseconds(390) && times[2] >= TimeSpan.FromMilliseconds(790), string.Join(' ', times));
        Assert.StartsWith("b OK", (await client.CommandAsync("b", "LOGIN user secret"))[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LOGIN user secret")]
    [InlineData("AUTHENTICATE PLAIN AHVzZXIAc2VjcmV0")]
    [InlineData("AUTHENTICATE SCRAM-SHA-256 biwsbj11c2VyLHI9YWJj")]
    public async Task After_too_many_failures_the_right_password_is_not_tried(string login)
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.MaxFailedLoginsPerName = 3);
        for (var i = 0; i < 3; i++)
        {
            using var client = await server.ConnectAsync();
            Assert.StartsWith("a NO [AUTHENTICATIONFAILED] ", (await client.CommandAsync("a", "LOGIN user wrong"))[^1], StringComparison.Ordinal);
        }

        using var last = await server.ConnectAsync();
        Assert.Equal("b NO [UNAVAILABLE] Too many logins have failed. Try again later.", (await last.CommandAsync("b", login))[^1]);
        await server.Store.AddUserAsync("other", "secret", Token);
        Assert.StartsWith("c OK", (await last.CommandAsync("c", "LOGIN other secret"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scram_counts_too()
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.MaxFailedLoginsPerName = 2);
        for (var i = 0; i < 2; i++)
        {
            using var client = await server.ConnectAsync();
            var scram = new ScramClient("user", "wrong");
            await client.SendAsync($"a AUTHENTICATE SCRAM-SHA-256 {scram.First}\r\n");
            await client.SendAsync($"{scram.Final((await client.ReadLineAsync())![2..])}\r\n");
            Assert.StartsWith("a NO [AUTHENTICATIONFAILED] ", await client.ReadLineAsync(), StringComparison.Ordinal);
        }

        using var last = await server.ConnectAsync();
        Assert.StartsWith("b NO [UNAVAILABLE] ", (await last.CommandAsync("b", "LOGIN user secret"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attacker_locks_out_itself_and_not_the_owner()
    {
        var throttle = new LoginThrottle(new ImapServerOptions { FailedLoginDelay = TimeSpan.Zero }, new FakeTimeProvider());
        for (var i = 0; i < 10; i++)
            await throttle.FailedAsync(Attacker, "user", Token);

        Assert.Throws<CommandRefusedException>(() => throttle.Require(Attacker, "USER"));
        throttle.Require(Attacker, "other");
        throttle.Require(Owner, "user");
    }

    [Fact]
    public async Task Many_names_from_one_address_are_too_many_failures()
    {
        var time = new FakeTimeProvider();
        var throttle = new LoginThrottle(new ImapServerOptions { FailedLoginDelay = TimeSpan.Zero, MaxFailedLoginsPerAddress = 20 }, time);
        var network = IPAddress.Parse("2001:db8:1:2::");
        for (var i = 0; i < 20; i++)
        {
            // Of IPv6 everybody has a whole network.
            var octets = network.GetAddressBytes();
            octets[15] = (byte)i;
            await throttle.FailedAsync(new IPEndPoint(new IPAddress(octets), i), $"name{i}", Token);
        }

        Assert.Throws<CommandRefusedException>(() => throttle.Require(new IPEndPoint(network, 1), "somebody"));
        throttle.Require(new IPEndPoint(IPAddress.Parse("2001:db8:1:3::1"), 1), "somebody");
        // IPv4 in the form of IPv6 is IPv4, and this machine itself is a proxy for many.
        throttle.Require(new IPEndPoint(IPAddress.Loopback.MapToIPv6(), 1), "somebody");

        time.Advance(TimeSpan.FromMinutes(20));
        throttle.Require(new IPEndPoint(network, 1), "somebody");
    }

    [Fact]
    public async Task Failures_from_everywhere_only_slow_a_name_down()
    {
        var time = new FakeTimeProvider();
        var throttle = new LoginThrottle(new ImapServerOptions { FailedLoginDelay = TimeSpan.FromSeconds(1) }, time);
        for (var i = 0; i < 1000; i++)
            _ = throttle.FailedAsync(new IPEndPoint(new IPAddress([10, 0, (byte)(i / 256), (byte)i]), 1), "user", Token);

        throttle.Require(Owner, "user");
        var slowed = throttle.SlowAsync("user", Token);
        Assert.False(slowed.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(8));
        await slowed.WaitAsync(TimeSpan.FromSeconds(5), Token);
        Assert.True(throttle.SlowAsync("other", Token).IsCompleted);
    }

    [Fact]
    public void What_is_counted_slides_away_and_is_bounded()
    {
        var time = new FakeTimeProvider();
        var window = new SlidingWindow(time, TimeSpan.FromMinutes(10), capacity: 100);
        for (var i = 0; i < 8; i++)
            window.Add("key");
        Assert.Equal(8, window.Count("key"));

        time.Advance(TimeSpan.FromMinutes(15));
        Assert.InRange(window.Count("key"), 3.9, 4.1);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(0, window.Count("key"));

        for (var i = 0; i < 10_000; i++)
            window.Add($"junk{i}");
        Assert.InRange(Enumerable.Range(0, 10_000).Count(i => window.Count($"junk{i}") > 0), 1, 101);
    }
}
