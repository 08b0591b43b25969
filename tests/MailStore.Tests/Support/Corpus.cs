using System.IO.Compression;

namespace MailStore.Tests.Support;

/// <summary>Real mail beside the repository, where there is some; else the tests that want it are skipped and say so.</summary>
static class Corpus
{
    /// <summary>The mboxes and how many messages each has.</summary>
    public static readonly IReadOnlyDictionary<string, int> Mboxes = new Dictionary<string, int>
    {
        ["bounces"] = 507,
        ["jwz"] = 151,
        ["list-linux-integrity"] = 700,
        ["list-linux-man"] = 1200,
        ["list-usrp-users"] = 1200,
        ["notmuch-lkml"] = 228,
        ["spamassassin-ham"] = 3182,
        ["spamassassin-spam"] = 1230,
    };

    /// <summary>The path of an mbox.</summary>
    public static string Mbox(string name) => System.IO.Path.Combine(Root(), "real", $"{name}.mbox.gz");

    /// <summary>The odd mails, one a file.</summary>
    public static string Torture() => System.IO.Path.Combine(Root(), "torture");

    public static async Task<byte[]> DecompressAsync(string path, CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var octets = new MemoryStream();
        await gzip.CopyToAsync(octets, cancellationToken);
        return octets.ToArray();
    }

    static string Root()
    {
        // Beside the repository, or beside the folder of its working trees.
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (Directory.Exists(System.IO.Path.Combine(directory.FullName, "shared", "corpus", "real")))
                return System.IO.Path.Combine(directory.FullName, "shared", "corpus");
        Assert.Skip("There is no corpus beside the repository (../shared/corpus).");
        return "";
    }
}
