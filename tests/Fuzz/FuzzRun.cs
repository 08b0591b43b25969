using System.Diagnostics;
using System.Globalization;

namespace Fuzz.Tests;

/// <summary>
/// How long inputs are tried: a fixed number of them, or as many as go into the seconds that MAILSTORE_TEST_LONG gives. The seed is the same
/// each time for a short run, and another each time for a long one; MAILSTORE_FUZZ_SEED sets it.
/// </summary>
static class FuzzRun
{
    static readonly int Seconds = Number("MAILSTORE_TEST_LONG") ?? 0;

    /// <summary>Tries inputs, each with a seed of its own, which a failure names.</summary>
    /// <param name="inputs">How many in a short run.</param>
    /// <param name="tryAsync">Tries the input that the random numbers make.</param>
    public static async Task ForEachAsync(int inputs, Func<Random, Task> tryAsync)
    {
        var seed = Number("MAILSTORE_FUZZ_SEED") ?? (Seconds > 0 ? Environment.TickCount : 1);
        var clock = Stopwatch.StartNew();
        var tried = 0;
        for (; Seconds > 0 ? clock.Elapsed.TotalSeconds < Seconds : tried < inputs; tried++)
            try
            {
                await tryAsync(new Random(seed + tried));
            }
            catch (Exception exception)
            {
                Assert.Fail($"MAILSTORE_FUZZ_SEED={seed + tried} (input {tried + 1}): {exception.Message}\n{exception.StackTrace}");
            }

        TestContext.Current.TestOutputHelper?.WriteLine($"{tried} inputs in {clock.Elapsed.TotalSeconds:0.0} s from seed {seed}, nothing found");
    }

    static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
