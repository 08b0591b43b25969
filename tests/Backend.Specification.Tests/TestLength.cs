namespace Backend.Specification.Tests;

/// <summary>How long the tests that could go on for ever do: short, unless MAILSTORE_TEST_LONG says for how many seconds.</summary>
static class TestLength
{
    /// <summary>The seconds asked for; zero for the short run.</summary>
    public static int Seconds { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("MAILSTORE_TEST_LONG"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
}
