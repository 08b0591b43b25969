using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Architecture.Tests;

/// <summary>The assemblies of the product and what each of them really uses, as the compiler wrote it down.</summary>
static class AssemblyReferences
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ByAssembly { get; } = Repository
        .SourceFiles("*.csproj")
        .Select(AssemblyName)
        .ToDictionary(name => name, Read, StringComparer.Ordinal);

    static string AssemblyName(string project)
        => XDocument.Load(project).Descendants("AssemblyName").SingleOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(project);

    static IReadOnlyList<string> Read(string assembly)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll");
        Assert.True(File.Exists(path), $"{assembly} is in src, but Architecture.Tests.csproj does not reference it: add it there.");

        using var reader = new PEReader(File.OpenRead(path));
        var metadata = reader.GetMetadataReader();

        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
