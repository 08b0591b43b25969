using System.Globalization;
using Backend.Benchmarks.Engines;

namespace Backend.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Engines">The engines to measure on.</param>
/// <param name="Filters">Only operations that have one of these in their names; all when there is none.</param>
/// <param name="Quick">Fewer and shorter iterations.</param>
/// <param name="Paired">Both sides in turn, without BenchmarkDotNet.</param>
/// <param name="Rounds">How often all of it is measured, one round after the other: what else the machine does then troubles both sides.</param>
/// <param name="Markdown">The file that the tables go to; none when null.</param>
sealed record BenchmarkOptions(IReadOnlyList<Engine> Engines, IReadOnlyList<string> Filters, bool Quick, bool Paired, int Rounds, string? Markdown)
{
    public const string Usage = """
        Usage: dotnet run -c Release --project benches/Backend.Benchmarks -- [options] [filter...]

          filter              only operations with this in their names, such as "fetch" or "search: body"
          --engine NAME       sqlite or postgres; both when not given
          --quick             one round of fewer and shorter iterations: some minutes an engine
          --paired            both sides in turn, call by call, without BenchmarkDotNet: for a machine that does other things too
          --rounds N          measures all of it so often, 3 times when not given, and takes the medians
          --markdown FILE     writes the tables of ratios there too

        PostgreSQL is the server that MAILSTORE_TEST_POSTGRES names, else a container, else one of the machine's own binaries.
        """;

    /// <summary>Reads a command line; null when it cannot be understood.</summary>
    public static BenchmarkOptions? Parse(IReadOnlyList<string> arguments)
    {
        var (engines, filters, quick, paired, rounds, markdown) = (new List<Engine>(), new List<string>(), false, false, 0, (string?)null);
        for (var i = 0; i < arguments.Count; i++)
            switch (arguments[i])
            {
                case "--quick":
                    quick = true;
                    break;
                case "--paired":
                    paired = true;
                    break;
                case "--rounds" when i + 1 < arguments.Count && int.TryParse(arguments[++i], CultureInfo.InvariantCulture, out rounds) && rounds > 0:
                    break;
                case "--engine" when i + 1 < arguments.Count && Enum.TryParse<Engine>(arguments[++i], ignoreCase: true, out var engine):
                    engines.Add(engine);
                    break;
                case "--markdown" when i + 1 < arguments.Count:
                    markdown = arguments[++i];
                    break;
                case var argument when !argument.StartsWith('-'):
                    filters.Add(argument);
                    break;
                default:
                    return null;
            }

        return new BenchmarkOptions(engines.Count > 0 ? engines : Enum.GetValues<Engine>(), filters, quick, paired, rounds > 0 ? rounds : quick ? 1 : 3, markdown);
    }
}
