namespace Backend.Specification.Tests.Models;

/// <summary>Shortens sequences of steps that fail.</summary>
static class Shortening
{
    /// <summary>
    /// Takes steps away, half of them at first and one by one in the end, as long as what is left fails: then no single step can be taken away any more.
    /// </summary>
    /// <param name="steps">The sequence.</param>
    /// <param name="failure">How it fails.</param>
    /// <param name="failureOf">Runs a sequence and tells how it fails; null when it does not.</param>
    /// <returns>How the short one fails.</returns>
    public static async Task<string> ShortenAsync<T>(T[] steps, string failure, Func<T[], Task<string?>> failureOf)
    {
        var length = Math.Max(steps.Length / 2, 1);
        while (length > 0)
        {
            var shortened = false;
            for (var start = 0; start + length <= steps.Length;)
            {
                T[] rest = [.. steps[..start], .. steps[(start + length)..]];
                if (rest.Length > 0 && await failureOf(rest) is { } still)
                    (steps, failure, shortened) = (rest, still, true);
                else
                    start += length;
            }

            length = shortened && length == 1 ? 1 : length / 2;
        }

        return failure;
    }
}
