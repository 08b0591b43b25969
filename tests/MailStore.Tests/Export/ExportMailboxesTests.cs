using System.Text;
using MailStore.Export;
using MailStore.Import;
using MailStore.Tests.Support;

namespace MailStore.Tests.Export;

public sealed class ExportMailboxesTests : IDisposable
{
    static readonly DateTimeOffset Date = new(2020, 2, 1, 22, 30, 5, TimeSpan.Zero);

    // Whatever has CRLF line ends and ends with one comes back from an mbox.
    static readonly string[] Texts =
    [
        "Message-ID: <1@example.org>\r\nFrom: ada@example.org\r\n\r\nFrom here\r\n>From there\r\n>>>From everywhere\r\n> From\r\n>Fro\r\nFromage\r\n",
        "A: 2\r\n\r\n\r\n\r\n",
        "A: 3\r\n",
        "\r\nno header\r\n",
        "A: 4\r\n\r\nFrom ada Thu Aug 22 12:36:23 2002\r\n\r\nFrom ada Thu Aug 22 12:36:23 2002\r\n",
        "A: 5\r\n\r\nbare \r return\r\r\n\r\r\r\nFrom\rFrom \r\n\0\xff\xfe\r\n",
        "From ada Thu Aug 22 12:36:23 2002\r\nA: 6\r\n\r\n",
        "A: 7\r\n\r\n>\r\n",
    ];

    // A Maildir keeps these too.
    static readonly string[] TextsWithoutLineEnd = ["A: 8\r\n\r\nno line end", "A: 9\r\n\r\n>", "A: 10\r\n\r\nreturn\r", "x", "From ", ">>"];

    readonly ObservedUser user = new();
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_mbox_gives_back_octets_and_dates()
    {
        await AppendAsync("INBOX", Texts);

        var report = await ExportOneAsync(new MboxWriter(), "INBOX", folder["inbox.mbox"]);
        var copy = await ImportAsync(folder["inbox.mbox"]);

        Assert.Equal(Texts, await copy.TextsAsync("INBOX"));
        Assert.All(await copy.EntriesAsync("INBOX"), static entry => Assert.Equal(Date, entry.InternalDate));
        Assert.Equal((Texts.Length, Texts.Sum(static text => text.Length)), (report.Messages, report.Octets));
    }

    [Fact]
    public async Task An_mbox_has_LF_line_ends_quoted_lines_and_the_sender()
    {
        await AppendAsync("INBOX", "From: Ada\r\n", "From: ada@example.org\r\n\r\n>From x\r\ny");

        await ExportOneAsync(new MboxWriter(), "INBOX", folder["inbox.mbox"]);

        Assert.Equal(
            "From MAILER-DAEMON Sat Feb  1 22:30:05 2020\nFrom: Ada\n\nFrom ada@example.org Sat Feb  1 22:30:05 2020\nFrom: ada@example.org\n\n>>From x\ny\n\n",
            await File.ReadAllTextAsync(folder["inbox.mbox"], Token));
    }

    [Fact]
    public async Task A_Maildir_gives_back_octets_dates_flags_and_folders()
    {
        await AppendAsync("INBOX", [.. Texts, .. TextsWithoutLineEnd]);
        await AppendAsync("Entwürfe/a.b", "A: 11\r\n\r\n");
        await AppendAsync("INBOX/inner", "A: 12\r\n\r\n");

        await new ExportMailboxes(user, new MaildirWriter(TimeProvider.System), new ExportReport()).RunAsync([], folder["md"], Token);
        var copy = await ImportAsync(folder["md"]);

        Assert.Equal(await user.NamesAsync(), await copy.NamesAsync());
        foreach (var name in await user.NamesAsync())
            Assert.Equal(await user.EntriesAsync(name), await copy.EntriesAsync(name));
        Assert.Empty(Directory.EnumerateFiles(folder["md/tmp"]));
    }

    [Fact]
    public async Task Several_mailboxes_are_mboxes_in_a_folder_and_none_leads_out_of_it()
    {
        foreach (var name in new[] { "INBOX", "Lists/dotnet", "../../evil", "a:b" })
            await AppendAsync(name, "A: 1\r\n\r\n");

        await new ExportMailboxes(user, new MboxWriter(), new ExportReport()).RunAsync([], folder["out"], Token);

        Assert.Equal(
            ["%2E..mbox", "%2E./%2E..mbox", "%2E./%2E./evil.mbox", "INBOX.mbox", "Lists.mbox", "Lists/dotnet.mbox", "a%3Ab.mbox"],
            Directory.EnumerateFiles(folder["out"], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder["out"], path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_there_is_not_overwritten()
    {
        folder.Write("there/file", "x");

        var file = await Assert.ThrowsAsync<IOException>(() => ExportOneAsync(new MboxWriter(), "INBOX", folder["there/file"]));
        var directory = await Assert.ThrowsAsync<IOException>(() => ExportOneAsync(new MaildirWriter(TimeProvider.System), "INBOX", folder["there"]));

        Assert.Contains("is there already", file.Message, StringComparison.Ordinal);
        Assert.Contains("is not empty", directory.Message, StringComparison.Ordinal);
        Assert.Equal("x", await File.ReadAllTextAsync(folder["there/file"], Token));
    }

    [Fact]
    public async Task A_mailbox_that_is_not_there_is_an_error_and_nothing_is_made()
    {
        await Assert.ThrowsAsync<BackendException>(() => ExportOneAsync(new MboxWriter(), "nowhere", folder["x.mbox"]));

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_does_not_matter_where_writes_are_cut(bool quote)
    {
        var octets = Encoding.Latin1.GetBytes(string.Concat(Texts));
        var whole = await ConvertAsync(octets, octets.Length, quote);

        for (var size = 1; size < 40; size++)
            Assert.Equal(whole, await ConvertAsync(octets, size, quote));
    }

    static async Task<byte[]> ConvertAsync(byte[] octets, int size, bool quote)
    {
        using var output = new MemoryStream();
        await using var text = new UnixTextStream(output, quote);
        for (var i = 0; i < octets.Length; i += size)
            await text.WriteAsync(octets.AsMemory(i, Math.Min(size, octets.Length - i)), Token);
        await text.CompleteAsync(Token);
        return output.ToArray();
    }

    async Task AppendAsync(string mailbox, params string[] texts)
    {
        var name = MailboxName.Parse(mailbox);
        if (!(await user.NamesAsync()).Contains(name.Value))
            await user.CreateMailboxAsync(name, CreateOptions.Default, Token);
        var box = await user.GetMailboxAsync(name, Token);
        var flags = FlagSet.Empty;
        foreach (var text in texts)
        {
            using var body = new MemoryStream(Encoding.Latin1.GetBytes(text));
            await box.CreateMessageAsync(body, new AppendOptions { InternalDate = Date, Flags = flags }, Token);
            flags = flags.Count == 0 ? FlagSet.Of(Flag.Seen, Flag.Parse("work")) : FlagSet.Empty;
        }
    }

    async Task<ExportReport> ExportOneAsync(IMailboxWriter writer, string mailbox, string path)
    {
        var report = new ExportReport();
        await new ExportMailboxes(user, writer, report).RunAsync(MailboxName.Parse(mailbox), path, Token);
        return report;
    }

    static async Task<ObservedUser> ImportAsync(string path)
    {
        var copy = new ObservedUser();
        var report = new ImportReport();
        await new ImportMessages(copy, MailboxName.Inbox, again: false, report).RunAsync(await new MailSourceFinder(report).FindAsync([path], Token), Token);
        Assert.Empty(report.Refusals);
        return copy;
    }
}
