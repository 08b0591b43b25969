namespace Architecture.Tests;

/// <summary>A place that breaks a rule.</summary>
sealed record Finding(string Place, string What)
{
    /// <summary>Fails with every place and the way out, so that one run is enough to repair them all.</summary>
    public static void AssertNone(IEnumerable<Finding> findings, string wayOut)
    {
        var lines = findings.Select(finding => $"  {finding.Place}: {finding.What}").ToList();

        Assert.True(lines.Count == 0, $"{wayOut}{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
    }
}
