namespace MailStore.Tests.Support;

/// <summary>The working tree that these tests were built from.</summary>
static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Sample => Path.Combine(Root, "samples", "tour.mbox");

    public static string Readme { get; } = File.ReadAllText(Path.Combine(Root, "README.md")).ReplaceLineEndings("\n");

    static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "Backend.EfCore.sln")))
                return directory.FullName;
        throw new DirectoryNotFoundException($"No Backend.EfCore.sln above {AppContext.BaseDirectory}");
    }
}
