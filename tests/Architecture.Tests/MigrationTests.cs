using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>The migrations of the databases, which go side by side.</summary>
public sealed partial class MigrationTests
{
    [Fact]
    public void All_databases_have_migrations_of_the_same_names_in_the_same_order()
    {
        var projects = Directory.EnumerateDirectories(Path.Combine(Repository.Source, "Migrations")).ToDictionary(static project => Path.GetFileName(project), Names);
        var expected = projects["Backend.EfCore.Sqlite"];

        Assert.Equal(["Backend.EfCore.Postgres", "Backend.EfCore.Sqlite"], projects.Keys.Order(StringComparer.Ordinal));
        Assert.NotEmpty(expected);
        Finding.AssertNone(
            projects.Where(project => !project.Value.SequenceEqual(expected)).Select(project => new Finding(project.Key, $"has {string.Join(", ", project.Value)} and not {string.Join(", ", expected)}")),
            "Add a migration to all of them with scripts/add-migration.sh.");
    }

    static List<string> Names(string project)
        => [.. Directory
            .EnumerateFiles(Path.Combine(project, "Migrations"), "*.cs")
            .Select(static file => Migration().Match(Path.GetFileName(file)))
            .Where(static match => match.Success)
            .OrderBy(static match => match.Groups[1].Value, StringComparer.Ordinal)
            .Select(static match => match.Groups[2].Value)];

    // A migration is called by its time and name; beside it lie its designer's half and the snapshot of the model.
    [GeneratedRegex(@"^(\d{14})_(\w+)\.cs$")]
    private static partial Regex Migration();
}
