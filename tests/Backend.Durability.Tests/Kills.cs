using System.Diagnostics;
using System.Globalization;

namespace Backend.Durability.Tests;

/// <summary>What is done to every store.</summary>
static class Kills
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>How long to go on: a few kills, or as many seconds as MAILSTORE_TEST_LONG says.</summary>
    public static int Seconds { get; } = int.TryParse(Environment.GetEnvironmentVariable("MAILSTORE_TEST_LONG"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    /// <summary>Kills a worker at a random moment, looks at the store, and begins again.</summary>
    public static async Task OfTheProgramAsync(StoreUnderTest store)
    {
        await store.MakeAsync();
        var ledger = new Ledger();
        var (kills, halfway, indexed) = (0, 0, 0L);
        for (var started = Stopwatch.GetTimestamp(); kills < 4 || Stopwatch.GetElapsedTime(started).TotalSeconds < Seconds; kills++)
        {
            await using var worker = store.Start($"run{kills}", sessions: 4);
            await worker.WaitForAsync(10);
            // The text index is begun a second after the first append.
            await Task.Delay(Random.Shared.Next(3000), Token);
            ledger.Add(await worker.KillAsync());
            (indexed, var waiting) = await store.AssertIsWholeAsync(ledger);
            halfway += indexed > 0 && waiting > 0 ? 1 : 0;
        }

        Assert.Empty(ledger.Refusals);
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {ledger.Appended} appends acknowledged; {indexed} texts indexed, {halfway} times killed with the index half filled.");
    }

    /// <summary>Two programs work on one store; neither hears of the other.</summary>
    public static async Task OfNobodyAsync(StoreUnderTest store)
    {
        await store.MakeAsync();
        var ledger = new Ledger();
        await using var first = store.Start("first", sessions: 4);
        await using var second = store.Start("second", sessions: 4, firstSession: 4);
        await Task.WhenAll(first.WaitForAsync(10), second.WaitForAsync(10));
        await Task.Delay(TimeSpan.FromSeconds(Math.Max(3, Seconds)), Token);
        ledger.Add(await first.EndAsync());
        ledger.Add(await second.EndAsync());

        Assert.Empty(ledger.Refusals);
        await store.AssertIsWholeAsync(ledger);
    }
}
