using System.Globalization;
using System.Text;
using Backend.Benchmarks.Engines;

namespace Backend.Benchmarks.Reports;

/// <summary>The figures of an engine as a table in Markdown; what misses its goal is bold.</summary>
static class RatioTable
{
    public static string Of(IEnumerable<OperationFigures> figures, Engine engine)
    {
        var table = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"| {engine} | plain ADO.NET | store | ratio | goal | allocated, plain | allocated, store |")
            .AppendLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var row in figures.Where(row => row.Engine == engine))
        {
            var ratio = row.Ratio.ToString("0.00", CultureInfo.InvariantCulture);
            table.AppendLine(CultureInfo.InvariantCulture, $"| {row.Name} | {Time(row.Plain)} | {Time(row.Store)} | {(row.Ratio > row.Goal ? $"**{ratio}**" : ratio)} | {row.Goal} | {Size(row.PlainOctets)} | {Size(row.StoreOctets)} |");
        }

        return table.ToString();
    }

    static string Time(double nanoseconds) => nanoseconds switch
    {
        >= 1e8 => (nanoseconds / 1e6).ToString("#,0 ms", CultureInfo.InvariantCulture),
        >= 1e6 => (nanoseconds / 1e6).ToString("0.0 ms", CultureInfo.InvariantCulture),
        >= 1e5 => (nanoseconds / 1e3).ToString("0 µs", CultureInfo.InvariantCulture),
        _ => (nanoseconds / 1e3).ToString("0.0 µs", CultureInfo.InvariantCulture),
    };

    static string Size(double octets) => (octets / 1024).ToString("#,0 KB", CultureInfo.InvariantCulture);
}
