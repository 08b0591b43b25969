using System.Diagnostics;
using Postgres.Testing;

namespace Backend.Durability.Tests;

/// <summary>What is acknowledged on PostgreSQL is there whatever happens to the program and to the server, and two programs share a database.</summary>
public sealed class PostgresKillTests(TestServer tests)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Nothing_acknowledged_is_lost_when_the_program_is_killed() => OnDatabaseAsync(Kills.OfTheProgramAsync);

    [Fact]
    public Task Two_programs_on_one_database_never_hear_of_each_other() => OnDatabaseAsync(Kills.OfNobodyAsync);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_server_is_killed_and_the_program_goes_on()
    {
        await using var server = await LocalServer.TryStartAsync(durable: true, Token);
        Assert.SkipWhen(server is null, "To be killed it takes a server of this machine's own binaries.");
        var store = new StoreUnderTest("postgres", server.ForNewDatabase());
        await store.MakeAsync();
        var ledger = new Ledger();
        var kills = 0;
        for (var started = Stopwatch.GetTimestamp(); kills < 3 || Stopwatch.GetElapsedTime(started).TotalSeconds < Kills.Seconds; kills++)
        {
            await using var worker = store.Start($"run{kills}", sessions: 4);
            await worker.WaitForAsync(10);
            await Task.Delay(Random.Shared.Next(1000), Token);
            await server.KillAsync();
            await server.StartAgainAsync(Token);
            await WaitForWorkAsync(worker);
            ledger.Add(await worker.EndAsync());
            await store.AssertIsWholeAsync(ledger);
        }

        Assert.All(ledger.Refusals, static refusal => Assert.StartsWith("refused Unavailable: ", refusal, StringComparison.Ordinal));
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {ledger.Appended} appends acknowledged, {ledger.Refusals.Count} operations refused meanwhile.");
    }

    /// <summary>Waits until something is acknowledged again.</summary>
    static async Task WaitForWorkAsync(Worker worker)
    {
        var before = Acknowledged(worker);
        for (var started = Stopwatch.GetTimestamp(); Acknowledged(worker) < before + 10;)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1), $"The program does not go on: {worker.Lines[^1]}");
            await Task.Delay(20, Token);
        }
    }

    static int Acknowledged(Worker worker) => worker.Lines.Count(static line => line.StartsWith("append ", StringComparison.Ordinal));

    async Task OnDatabaseAsync(Func<StoreUnderTest, Task> test)
    {
        var server = await tests.StartAsync();
        var connectionString = server.ForNewDatabase();
        try
        {
            await test(new StoreUnderTest("postgres", connectionString));
        }
        finally
        {
            await server.DropAsync(connectionString);
        }
    }
}
