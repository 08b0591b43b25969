namespace Architecture.Tests;

/// <summary>The arrows between the projects, and who may know which library.</summary>
public sealed class AssemblyReferenceTests
{
    static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Backend.Abstractions"] = [],
        ["Backend.Mime"] = ["Backend.Abstractions"],
        ["Backend.Memory"] = ["Backend.Abstractions", "Backend.Mime"],
        ["Backend.EfCore"] = ["Backend.Abstractions", "Backend.Mime"],
        ["Backend.EfCore.Postgres"] = ["Backend.Abstractions", "Backend.EfCore"],
        ["Backend.EfCore.Sqlite"] = ["Backend.Abstractions", "Backend.EfCore"],
        ["Imap.Server"] = ["Backend.Abstractions"],
        ["mailstore"] = ["Backend.Abstractions", "Backend.Mime", "Backend.EfCore", "Backend.EfCore.Postgres", "Backend.EfCore.Sqlite", "Imap.Server"],
    };

    // A library, by the beginning of its assemblies' names, and the only assemblies that may know it.
    static readonly Dictionary<string, string[]> Libraries = new(StringComparer.Ordinal)
    {
        ["MailKit"] = [],
        ["Microsoft.AspNetCore"] = ["Imap.Server", "mailstore"],
        ["Microsoft.Data.Sqlite"] = ["Backend.EfCore.Sqlite"],
        ["Microsoft.EntityFrameworkCore"] = ["Backend.EfCore", "Backend.EfCore.Postgres", "Backend.EfCore.Sqlite", "mailstore"],
        ["Microsoft.EntityFrameworkCore.Sqlite"] = ["Backend.EfCore.Sqlite"],
        ["MimeKit"] = ["Backend.Mime"],
        ["Npgsql"] = ["Backend.EfCore.Postgres"],
        ["Spectre.Console"] = ["mailstore"],
        ["SQLitePCLRaw"] = ["Backend.EfCore.Sqlite"],
        ["System.CommandLine"] = ["mailstore"],
    };

    public static TheoryData<string> Assemblies => [.. AssemblyReferences.ByAssembly.Keys];

    public static TheoryData<string> LibraryNames => [.. Libraries.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_uses_only_those_its_arrows_point_to(string assembly)
    {
        Assert.True(Arrows.TryGetValue(assembly, out var allowed), $"{assembly} has no row in the table of arrows: add one.");

        Finding.AssertNone(
            AssemblyReferences.ByAssembly[assembly]
                .Where(AssemblyReferences.ByAssembly.ContainsKey)
                .Except(allowed)
                .Select(reference => new Finding(assembly, $"uses {reference}")),
            "Turn the dependency round, or put what both need into Backend.Abstractions.");
    }

    [Theory]
    [MemberData(nameof(LibraryNames))]
    public void A_library_is_known_only_where_it_belongs(string library)
        => Finding.AssertNone(
            from assembly in AssemblyReferences.ByAssembly
            where !Libraries[library].Contains(assembly.Key)
            from reference in assembly.Value
            where reference == library || reference.StartsWith($"{library}.", StringComparison.Ordinal)
            select new Finding(assembly.Key, $"uses {reference}"),
            $"Only {string.Join(", ", Libraries[library].DefaultIfEmpty("tests"))} may know {library}: go through a contract instead.");

    [Fact]
    public void The_contracts_need_nothing_but_the_runtime()
        => Finding.AssertNone(
            AssemblyReferences.ByAssembly["Backend.Abstractions"]
                .Where(reference => !reference.StartsWith("System.", StringComparison.Ordinal))
                .Select(reference => new Finding("Backend.Abstractions", $"uses {reference}")),
            "Express the contract in the types of the runtime and of Backend.Abstractions itself.");
}
