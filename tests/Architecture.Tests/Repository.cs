namespace Architecture.Tests;

/// <summary>The working tree that these tests were built from.</summary>
static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Source => Path.Combine(Root, "src");

    /// <summary>Every file of the product with this extension, without what the build and dotnet-ef wrote.</summary>
    public static IEnumerable<string> SourceFiles(string pattern)
        => Directory
            .EnumerateFiles(Source, pattern, SearchOption.AllDirectories)
            .Where(path => !IsGenerated(Path.GetRelativePath(Source, path).Split(Path.DirectorySeparatorChar)))
            .Order(StringComparer.Ordinal);

    // src/Migrations/<project>/Migrations/ is dotnet-ef's.
    static bool IsGenerated(string[] segments)
        => segments.Contains("obj")
            || segments.Contains("bin")
            || segments is ["Migrations", _, "Migrations", ..];

    static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Backend.EfCore.sln")))
            {
                return directory.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No Backend.EfCore.sln above {AppContext.BaseDirectory}");
    }
}
