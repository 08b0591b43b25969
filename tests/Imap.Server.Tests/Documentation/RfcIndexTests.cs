using System.Text;
using System.Text.RegularExpressions;
using Backend.Memory;
using Imap.Server.Extensions;
using Imap.Server.Registry;

namespace Imap.Server.Tests.Documentation;

/// <summary>What docs/rfc/index.tsv says of each RFC is so, and README's table is made from it.</summary>
public sealed partial class RfcIndexTests
{
    const string Begin = "<!-- from docs/rfc/index.tsv -->\n";
    const string End = "<!-- to here -->\n";

    static readonly string Root = FindRoot();
    static readonly string[] Lines = File.ReadAllLines(Path.Combine(Root, "docs/rfc/index.tsv"));
    static readonly RfcRow[] Rows = [.. Lines.Skip(1).Select(RfcRow.Parse)];

    static string Transcripts => Path.Combine(Root, "tests/Imap.Specification.Tests/Transcripts");

    [Fact]
    public void The_rows_are_in_order_and_their_status_is_one()
    {
        Assert.Equal(RfcRow.Columns, Lines[0].Split('\t'));
        Assert.Equal(Rows.Select(static row => row.Rfc).Distinct().Order(StringComparer.Ordinal), Rows.Select(static row => row.Rfc));
        Assert.All(Rows, static row => Assert.Contains(row.Status, (string[])["complete", "used", "planned", "no"]));
    }

    [Fact]
    public void Every_capability_of_the_server_is_a_complete_rows() =>
        Assert.All(Told(), static capability => Assert.Single(Rows, row => row.Status == "complete" && row.Has(capability)));

    [Fact]
    public void Every_capability_of_a_complete_row_is_told() =>
        Assert.All(Rows.Where(static row => row.Status == "complete"), static row => Assert.All(row.Capabilities, capability => Assert.Contains(Told(), row.Has)));

    [Fact]
    public void Every_row_that_is_there_has_tests() =>
        Assert.All(Rows.Where(static row => row.Status is "complete" or "used"), static row => Assert.True(CountTests(row) > 0, $"RFC {row.Rfc} has no tests in {row.Tests}."));

    [Fact]
    public void Every_folder_of_transcripts_is_a_rows() =>
        Assert.All(Directory.EnumerateDirectories(Transcripts).Select(Path.GetFileName), static folder => Assert.Contains(Rows, row => $"rfc{row.Rfc}" == folder && row.Status == "complete"));

    [Fact]
    public void Every_RFC_that_the_source_names_has_a_row()
    {
        var named = Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .SelectMany(static file => RfcPattern().Matches(File.ReadAllText(file)).Select(static match => match.Groups[1].Value))
            .Distinct();

        Assert.All(named, static rfc => Assert.Contains(Rows, row => row.Rfc == rfc));
    }

    /// <summary>MAILSTORE_UPDATE_README=1 writes it.</summary>
    [Fact]
    public void The_table_in_the_README_is_made_from_the_rows()
    {
        var path = Path.Combine(Root, "README.md");
        var readme = File.ReadAllText(path);
        var table = new StringBuilder("| capability | RFC | |\n| --- | --- | --- |\n");
        foreach (var row in Rows.Where(static row => row.Status == "complete" && row.Capabilities.Length > 0))
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {string.Join(", ", row.Capabilities.Select(static capability => $"`{capability.TrimEnd('=')}`"))} | RFC {row.Rfc} | {row.Note} |\n");
        var expected = readme[..(readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + table + readme[readme.IndexOf(End, StringComparison.Ordinal)..];
        if (Environment.GetEnvironmentVariable("MAILSTORE_UPDATE_README") is not null)
            File.WriteAllText(path, expected);
        else
            Assert.Equal(expected, readme);
    }

    /// <summary>Prints what there is, for whoever wants to see it.</summary>
    [Fact]
    public void The_tests_of_each_RFC_are_counted()
    {
        foreach (var row in Rows.Where(static row => row.Status is "complete" or "used"))
            TestContext.Current.TestOutputHelper?.WriteLine($"RFC {row.Rfc}\t{row.Title}\t{row.Status}\t{CountTests(row)}");
    }

    /// <summary>All that the server can say, on whatever connection and with whatever options.</summary>
    static IEnumerable<string> Told() =>
        ((bool[])[false, true]).SelectMany(static minus => new ImapRegistry(ImapExtensions.BuiltIn, new MemoryBackend(), new ImapServerOptions { LiteralMinus = minus }).Capabilities).Distinct();

    static int CountTests(RfcRow row)
    {
        var transcripts = Path.Combine(Transcripts, row.Tests);
        return row.Tests.Length == 0 ? 0
            : Directory.Exists(transcripts) ? Directory.GetFiles(transcripts, "*.imap").Length
            : Directory.EnumerateFiles(Path.Combine(Root, "tests", row.Tests), "*.cs", SearchOption.AllDirectories).Sum(static file => TestPattern().Count(File.ReadAllText(file)));
    }

    static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Backend.EfCore.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests are not below the solution.");
        return folder;
    }

    [GeneratedRegex(@"\bRFC (\d{4,5})\b")]
    private static partial Regex RfcPattern();

    [GeneratedRegex(@"^\s*\[(Fact|Theory)", RegexOptions.Multiline)]
    private static partial Regex TestPattern();
}
