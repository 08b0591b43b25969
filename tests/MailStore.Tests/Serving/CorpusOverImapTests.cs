using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using MailKit;
using MailStore.Tests.Support;

namespace MailStore.Tests.Serving;

/// <summary>Real and odd mail, in by the program's import and by APPEND, out by a mail client: octet for octet. RFC 9051 §2.3.1.1.</summary>
public sealed class CorpusOverImapTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_imported_message_is_fetched_as_it_was()
    {
        var expected = new List<string>();
        foreach (var name in Corpus.Mboxes.Keys)
            foreach (var message in Corpus.Split(await Corpus.DecompressAsync(Corpus.Mbox(name), Token)))
                expected.Add(Digest(message));
        await AddUserAsync();
        var import = await MailStoreProcess.RunAsync(folder, "", ["import", "ada", .. Corpus.Mboxes.Keys.Select(Corpus.Mbox), "--mailbox", "Corpus"]);
        Assert.Equal((0, ""), (import.ExitCode, import.Error));

        await using var server = MailStoreProcess.Start(folder, "serve", "--listen", "127.0.0.1:0");
        Assert.Equal(expected, await FetchAsync(server, "Corpus"));
    }

    [Fact]
    public async Task Every_odd_message_is_fetched_as_it_was_appended()
    {
        var files = Directory.GetFiles(Corpus.Torture(), "*.eml").Order(StringComparer.Ordinal).ToList();
        await AddUserAsync();
        await using var server = MailStoreProcess.Start(folder, "serve", "--listen", "127.0.0.1:0");
        using (var socket = new TcpClient("127.0.0.1", await server.ListeningAsync()))
        {
            await using var stream = socket.GetStream();
            using var answers = new StreamReader(stream, Encoding.Latin1);
            await stream.WriteAsync("a LOGIN ada secret\r\n"u8.ToArray(), Token);
            await CompletedAsync(answers, "a");
            foreach (var file in files)
            {
                var octets = await File.ReadAllBytesAsync(file, Token);
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"b APPEND INBOX {{{octets.Length}+}}\r\n"), Token);
                await stream.WriteAsync(octets, Token);
                await stream.WriteAsync("\r\n"u8.ToArray(), Token);
                await CompletedAsync(answers, "b");
            }
        }

        Assert.Equal(files.Select(static file => Digest(File.ReadAllBytes(file))), await FetchAsync(server, "INBOX"));
    }

    static async Task<List<string>> FetchAsync(MailStoreProcess server, string mailbox)
    {
        using var client = await server.ConnectAsync("ada", "secret");
        var opened = (MailKit.Net.Imap.ImapFolder)await client.GetFolderAsync(mailbox, Token);
        await opened.OpenAsync(FolderAccess.ReadOnly, Token);
        var digests = new List<string>();
        await opened.GetStreamsAsync(
            UniqueIdRange.All,
            async (_, _, _, stream, token) =>
            {
                using var copy = new MemoryStream();
                await stream.CopyToAsync(copy, token);
                digests.Add(Digest(copy.ToArray()));
            },
            Token);
        return digests;
    }

    static async Task CompletedAsync(StreamReader answers, string tag)
    {
        string? line;
        while ((line = await answers.ReadLineAsync(Token)) is not null && !line.StartsWith($"{tag} ", StringComparison.Ordinal))
        {
        }

        Assert.StartsWith($"{tag} OK", line, StringComparison.Ordinal);
    }

    static string Digest(byte[] octets) => $"{octets.Length} {Convert.ToHexString(SHA256.HashData(octets))}";

    async Task AddUserAsync() => Assert.Equal(0, (await MailStoreProcess.RunAsync(folder, "secret", "user", "add", "ada", "--password-stdin")).ExitCode);
}
