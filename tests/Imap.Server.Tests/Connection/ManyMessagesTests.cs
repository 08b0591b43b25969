using System.Globalization;
using Imap.Specification.Tests;

namespace Imap.Server.Tests.Connection;

/// <summary>
/// A mailbox of very many messages is told of in bounded memory, and no faster than the client reads. With MAILSTORE_TEST_LONG it has a million of
/// them, else some thousands. RFC 9051 §6.4.5.
/// </summary>
public sealed class ManyMessagesTests(SqliteServerFixture fixture) : IClassFixture<SqliteServerFixture>
{
    const long MaxMemory = 128 * 1024 * 1024;

    static readonly int Doublings = Environment.GetEnvironmentVariable("MAILSTORE_TEST_LONG") is null ? 13 : 20;

    [Fact]
    public async Task All_are_fetched_in_bounded_memory()
    {
        using var client = await LogInAsync();
        await client.CommandAsync("a", "APPEND INBOX {5+}\r\nhello");
        await client.CommandAsync("b", "SELECT INBOX");
        for (var i = 0; i < Doublings; i++)
            Assert.StartsWith("c OK ", (await client.CommandAsync("c", "COPY 1:* INBOX"))[^1], StringComparison.Ordinal);
        var count = 1 << Doublings;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var highest = 0L;

        await client.SendAsync("d UID FETCH 1:* (FLAGS INTERNALDATE RFC822.SIZE)\r\n");
        for (var number = 1; number <= count; number++)
        {
            Assert.StartsWith($"* {number.ToString(CultureInfo.InvariantCulture)} FETCH (UID {number.ToString(CultureInfo.InvariantCulture)} FLAGS (", await client.ReadLineAsync(), StringComparison.Ordinal);
            if (number % 1_000 != 0)
                continue;
            if (number % 100_000 == 0)
                await Task.Delay(500, TestContext.Current.CancellationToken);
            highest = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: number % 100_000 == 0) - before);
        }

        Assert.StartsWith("d OK ", await client.ReadLineAsync(), StringComparison.Ordinal);
        Assert.InRange(highest, long.MinValue, MaxMemory);
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} messages, {highest / 1024 / 1024} MiB at most");
    }

    async Task<WireClient> LogInAsync()
    {
        var account = await fixture.AddUserAsync();
        var client = await WireClient.ConnectAsync(fixture.EndPoint);
        await client.ReadLineAsync();
        await client.CommandAsync("login", $"LOGIN {account.Username} {account.Password}");
        return client;
    }
}
