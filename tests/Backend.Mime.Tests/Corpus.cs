using System.IO.Compression;

namespace Backend.Mime.Tests;

/// <summary>The collection of real and odd mail beside the repository; tests that need it are skipped where it is absent.</summary>
static class Corpus
{
    static readonly string? Root = Find();

    /// <summary>The odd and malformed mails, with their file names.</summary>
    public static IEnumerable<(string Name, byte[] Message)> Torture()
    {
        Require();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, "torture"), "*.eml").Order(StringComparer.Ordinal))
            yield return (Path.GetFileName(file), File.ReadAllBytes(file));
    }

    /// <summary>The real mails, with the name of their mbox and their number in it, and with the line ends that they have there.</summary>
    public static IEnumerable<(string Name, byte[] Message)> Real()
    {
        Require();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, "real"), "*.mbox.gz").Order(StringComparer.Ordinal))
        {
            var number = 0;
            foreach (var message in Split(Unzip(file)))
                yield return ($"{Path.GetFileName(file)}#{++number}", message);
        }
    }

    /// <summary>All mails as they are and, where that makes a difference, with CRLF for each LF.</summary>
    public static IEnumerable<(string Name, byte[] Message)> All() => Torture().Concat(Real()).SelectMany(static mail =>
    {
        var wire = WithCrLf(mail.Message);
        return wire.Length == mail.Message.Length ? [mail] : new[] { mail, ($"{mail.Name} (CRLF)", wire) };
    });

    /// <summary>The mail with CRLF for each LF alone, as APPEND sends it.</summary>
    public static byte[] WithCrLf(ReadOnlySpan<byte> message)
    {
        var wire = new List<byte>(message.Length + (message.Length / 32));
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] == (byte)'\n' && (i == 0 || message[i - 1] != (byte)'\r'))
                wire.Add((byte)'\r');
            wire.Add(message[i]);
        }

        return [.. wire];
    }

    static byte[] Unzip(string file)
    {
        using var zip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var content = new MemoryStream();
        zip.CopyTo(content);
        return content.ToArray();
    }

    // mboxrd: a From_ line starts each mail, and lines that look like one have a > in front.
    static IEnumerable<byte[]> Split(byte[] mbox)
    {
        var mail = new List<byte>();
        var isStarted = false;
        for (var start = 0; start < mbox.Length;)
        {
            var end = Array.IndexOf(mbox, (byte)'\n', start);
            var line = mbox.AsSpan(start..(end < 0 ? mbox.Length : end + 1));
            start += line.Length;
            if (line.StartsWith("From "u8))
            {
                if (isStarted)
                    yield return WithoutLastLineEnd(mail);
                mail.Clear();
                isStarted = true;
            }
            else
            {
                mail.AddRange(line.TrimStart((byte)'>').StartsWith("From "u8) && line[0] == (byte)'>' ? line[1..] : line);
            }
        }

        if (isStarted)
            yield return WithoutLastLineEnd(mail);
    }

    static byte[] WithoutLastLineEnd(List<byte> mail) => mail is [.., (byte)'\n'] ? [.. mail[..^1]] : [.. mail];

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(Root))]
    static void Require()
    {
        if (Root is null)
            Assert.Skip("The corpus is not beside the repository (../shared/corpus).");
    }

    static string? Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "Backend.EfCore.sln")))
                return Path.Combine(directory.FullName, "..", "shared", "corpus") is var path && Directory.Exists(path) ? path : null;
        return null;
    }
}
