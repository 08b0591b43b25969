using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace MailStore.Tests.Support;

/// <summary>Real mail beside the repository, where there is some; else the tests that want it are skipped and say so.</summary>
static partial class Corpus
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

    /// <summary>
    /// The messages of an mbox with CRLF line ends. The corpus's rule, in other words than the program's: a line that begins with "From "
    /// separates, one line end and one &gt; come off.
    /// </summary>
    public static List<byte[]> Split(byte[] mbox) =>
    [
        .. $"\n{Encoding.Latin1.GetString(mbox)[..^1]}".Split("\nFrom ")[1..]
            .Select(static message => message[(message.IndexOf('\n', StringComparison.Ordinal) + 1)..])
            .Select(static message => Quoted().Replace(message, "$1"))
            .Select(static message => Encoding.Latin1.GetBytes(BareLineFeed().Replace(message, "\r\n"))),
    ];

    static string Root()
    {
        // Beside the repository, or beside the folder of its working trees.
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (Directory.Exists(System.IO.Path.Combine(directory.FullName, "shared", "corpus", "real")))
                return System.IO.Path.Combine(directory.FullName, "shared", "corpus");
        Assert.Skip("There is no corpus beside the repository (../shared/corpus).");
        return "";
    }

    [GeneratedRegex("^>(>*From )", RegexOptions.Multiline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<!\r)\n")]
    private static partial Regex BareLineFeed();
}
