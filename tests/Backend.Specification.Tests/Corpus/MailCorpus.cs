namespace Backend.Specification.Tests.Corpus;

/// <summary>The real mail to test with, beside the repository: <c>../shared/corpus</c>. It is not always there.</summary>
static class MailCorpus
{
    /// <summary>The odd and malformed mails, by name; empty when they are not there.</summary>
    public static IReadOnlyList<(string Name, byte[] Octets)> ReadTorture()
    {
        if (Find("torture") is not { } folder)
            return [];
        return [.. folder.EnumerateFiles("*.eml").OrderBy(static file => file.Name, StringComparer.Ordinal).Select(static file => (file.Name, File.ReadAllBytes(file.FullName)))];
    }

    static DirectoryInfo? Find(string name)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var candidate = new DirectoryInfo(Path.Combine(directory.FullName, "shared", "corpus", name));
            if (candidate.Exists)
                return candidate;
        }

        return null;
    }
}
