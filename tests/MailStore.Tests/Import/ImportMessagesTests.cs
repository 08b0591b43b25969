using System.IO.Compression;
using System.Text;
using MailStore.Import;
using MailStore.Tests.Support;

namespace MailStore.Tests.Import;

public sealed class ImportMessagesTests : IDisposable
{
    const string From = "From ada@example.org Thu Aug 22 12:36:23 2002\n";

    readonly ObservedUser user = new();
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Messages_come_in_the_order_of_the_file_several_at_once()
    {
        var mbox = folder.Write("a.mbox", string.Concat(Enumerable.Range(0, 200).Select(static i => $"{From}N: {i}\n\n{i}\n\n")));
        user.BeforeAppend = static _ => Task.Delay(1, Token);

        var report = await ImportAsync(mbox);

        Assert.Equal(200, report.Imported);
        Assert.InRange(user.HighestParallelism, 2, 16);
        Assert.Equal(Enumerable.Range(0, 200).Select(static i => $"N: {i}\r\n\r\n{i}\r\n").Order(), (await user.TextsAsync("INBOX")).Order());
    }

    [Fact]
    public async Task A_large_message_is_appended_alone()
    {
        var large = new string('x', 300_000);
        var mbox = folder.Write("a.mbox", $"{From}N: 1\n\n\n{From}N: 2\n\n{large}\n\n{From}N: 3\n\n\n");
        user.BeforeAppend = static content => content.Length > 1000 ? Task.Delay(50, Token) : Task.CompletedTask;

        await ImportAsync(mbox);

        Assert.Equal(["N: 1\r\n\r\n", $"N: 2\r\n\r\n{large}\r\n", "N: 3\r\n\r\n"], await user.TextsAsync("INBOX"));
    }

    [Fact]
    public async Task A_second_import_adds_nothing_and_duplicates_in_the_file_are_kept()
    {
        var mbox = folder.Write("a.mbox", $"{From}Message-ID: <1@example.org>\n\nsame\n\n{From}Message-ID: <1@example.org>\n\nsame\n\n{From}Message-ID: <1@example.org>\n\nothe\n\n{From}A: 4\n\n\n");

        Assert.Equal((4, 0), Results(await ImportAsync(mbox)));
        Assert.Equal((0, 4), Results(await ImportAsync(mbox)));
        Assert.Equal(4, (await user.EntriesAsync("INBOX")).Count);

        File.AppendAllText(mbox, $"{From}Message-ID: <1@example.org>\n\nsame\n\n");
        Assert.Equal((1, 4), Results(await ImportAsync(mbox)));
    }

    [Fact]
    public async Task A_second_import_adds_all_when_asked()
    {
        var mbox = folder.Write("a.mbox", $"{From}A: 1\n\n\n");
        await ImportAsync(mbox);

        Assert.Equal((1, 0), Results(await ImportAsync([mbox], again: true)));
    }

    [Theory]
    [InlineData("Date: Fri, 21 Nov 1997 09:55:06 -0600\n\n", "1997-11-21T09:55:06-06:00")]
    [InlineData("Date: nonsense\n\n", null)]
    [InlineData("A: 1\n\n", null)]
    public async Task The_date_of_an_eml_file_is_that_of_its_Date_field_else_the_stores(string eml, string? expected)
    {
        await ImportAsync(folder.Write("a.eml", eml));

        Assert.Equal(expected is null ? ObservedUser.Now : DateTimeOffset.Parse(expected, null), Assert.Single(await user.EntriesAsync("INBOX")).InternalDate);
    }

    [Fact]
    public async Task What_the_store_refuses_is_reported_and_the_rest_goes_on()
    {
        var mbox = folder.Write("a.mbox", $"{From}A: 1\n\n\n{From}A: bad\n\n\n{From}{From}A: 3\n\n\n");
        user.BeforeAppend = static content =>
            Encoding.Latin1.GetString(content).Contains("bad", StringComparison.Ordinal) ? throw new BackendException(BackendError.TooBig, "It is too big.") : Task.CompletedTask;

        var report = await ImportAsync(mbox);

        Assert.Equal(2, report.Imported);
        Assert.Equal(new Refusal(mbox, 2, "It is too big."), Assert.Single(report.Refusals));
        Assert.Equal($"{mbox}, message 2", Assert.Single(report.Refusals).Place);
    }

    [Fact]
    public async Task A_store_that_fails_ends_the_import()
    {
        var mbox = folder.Write("a.mbox", string.Concat(Enumerable.Repeat($"{From}A: 1\n\n\n", 1000)));
        var appends = 0;
        user.BeforeAppend = _ => Interlocked.Increment(ref appends) > 50 ? throw new BackendException(BackendError.Unavailable, "The disk is full.") : Task.CompletedTask;

        var exception = await Assert.ThrowsAsync<BackendException>(() => ImportAsync(mbox));

        Assert.Equal("The disk is full.", exception.Message);
        Assert.InRange(appends, 51, 100);
    }

    [Fact]
    public async Task An_empty_message_is_refused()
    {
        var report = await ImportAsync(folder.Write("a.mbox", From), folder.Write("b.eml", ""));

        Assert.Equal([(1, "The message is empty."), (null, "The message is empty.")], report.Refusals.Select(static refusal => (refusal.Number, refusal.Reason)));
    }

    [Fact]
    public async Task A_cut_off_gzip_file_gives_what_can_be_read_and_is_reported()
    {
        var random = new Random(1);
        var text = string.Concat(Enumerable.Range(0, 2000).Select(i => $"{From}N: {i}\n\n{random.NextInt64()}\n\n"));
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true))
            await gzip.WriteAsync(Encoding.ASCII.GetBytes(text), Token);

        var report = await ImportAsync(folder.Write("a.mbox.gz", compressed.ToArray()[..(int)(compressed.Length / 2)]));

        Assert.InRange(report.Imported, 500, 1999);
        Assert.Equal(folder["a.mbox.gz"], Assert.Single(report.Refusals).File);
    }

    [Fact]
    public async Task A_file_is_known_by_what_is_in_it()
    {
        var report = await ImportAsync(
            folder.Write("mbox-without-a-name", $"{From}A: 1\n\n\n"),
            folder.Write("message-without-a-name", "A: 2\n\n"),
            folder.Write("empty", ""),
            folder.Write("photo.jpg", "\xff\xd8\xff"),
            folder.Write("not.mbox", "A: 3\n\n"),
            folder["missing"]);

        Assert.Equal(["A: 1\r\n\r\n", "A: 2\r\n\r\n"], await user.TextsAsync("INBOX"));
        Assert.Equal(["photo.jpg", "missing", "not.mbox"], report.Refusals.Select(static refusal => Path.GetFileName(refusal.File)));
    }

    [Fact]
    public async Task A_folder_is_searched_for_mail_in_the_order_of_names()
    {
        folder.Write("mail/2.eml", "A: 2\n\n");
        folder.Write("mail/1.mbox", $"{From}A: 1\n\n\n");
        folder.Write("mail/inner/3.eml", "A: 3\n\n");
        folder.Write("mail/inner/notes.txt", "Title: no mail\n\n");
        folder.Write("mail/inner/box", $"{From}A: 4\n\n\n");
        File.CreateSymbolicLink(folder["mail/inner/loop"], folder["mail"]);

        var report = await ImportAsync(folder["mail"]);

        Assert.Equal(["A: 1\r\n\r\n", "A: 2\r\n\r\n", "A: 3\r\n\r\n", "A: 4\r\n\r\n"], await user.TextsAsync("INBOX"));
        Assert.Equal(1, report.PassedOver);
        Assert.Empty(report.Refusals);
    }

    [Fact]
    public async Task A_Maildir_comes_with_its_folders_flags_and_dates()
    {
        WriteMaildir("");
        folder.Write("md/dovecot-keywords", "0 work\n");
        var file = folder.Write("md/cur/1000000000.2.host:2,Sa", "A: read\n\n");
        File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        folder.Write("md/new/999999999.1.host", "A: new\n\n");
        folder.Write("md/tmp/1.3.host", "A: unfinished\n\n");
        WriteMaildir("/.Lists.dotnet");
        folder.Write("md/.Lists.dotnet/new/1.1.host", "A: list\n\n");
        WriteMaildir("/.bad..name");
        folder.Write("md/.bad..name/new/1.1.host", "A: bad\n\n");

        var report = await ImportAsync(folder["md"]);

        Assert.Equal(["A: new\r\n\r\n", "A: read\r\n\r\n"], await user.TextsAsync("INBOX"));
        var read = (await user.EntriesAsync("INBOX"))[1];
        Assert.Equal(FlagSet.Of(Flag.Seen, Flag.Parse("work")), read.Flags);
        Assert.Equal(new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero), read.InternalDate);
        Assert.Equal(["A: list\r\n\r\n"], await user.TextsAsync("Lists/dotnet"));
        Assert.Contains("Lists/dotnet", await user.NamesAsync(subscribed: true));
        Assert.Equal(folder["md/.bad..name"], Assert.Single(report.Refusals).File);
    }

    [Fact]
    public async Task Folders_of_a_Maildir_go_below_any_other_mailbox()
    {
        WriteMaildir("/.Sent");
        WriteMaildir("");
        folder.Write("md/.Sent/new/1.1.host", "A: 1\n\n");
        folder.Write("md/new/1.1.host", "A: 2\n\n");

        await ImportAsync([folder["md"]], mailbox: "Old");

        Assert.Equal(["A: 1\r\n\r\n"], await user.TextsAsync("Old/Sent"));
        Assert.Equal(["A: 2\r\n\r\n"], await user.TextsAsync("Old"));
    }

    [Fact]
    public async Task Maildirs_in_a_folder_are_mailboxes_of_their_names()
    {
        WriteMaildir("/inbox");
        WriteMaildir("/Work/2020");
        folder.Write("md/inbox/new/1.1.host", "A: 1\n\n");
        folder.Write("md/Work/2020/new/1.1.host", "A: 2\n\n");

        await ImportAsync(folder["md"]);

        Assert.Equal(["A: 1\r\n\r\n"], await user.TextsAsync("INBOX"));
        Assert.Equal(["A: 2\r\n\r\n"], await user.TextsAsync("Work/2020"));
    }

    void WriteMaildir(string path)
    {
        foreach (var part in new[] { "cur", "new", "tmp" })
            Directory.CreateDirectory(folder[$"md{path}/{part}"]);
    }

    Task<ImportReport> ImportAsync(params string[] paths) => ImportAsync(paths, again: false);

    async Task<ImportReport> ImportAsync(string[] paths, bool again = false, string mailbox = "INBOX")
    {
        var report = new ImportReport();
        var sources = await new MailSourceFinder(report).FindAsync(paths, Token);
        await new ImportMessages(user, MailboxName.Parse(mailbox), again, report).RunAsync(sources, Token);
        return report;
    }

    static (long Imported, long AlreadyThere) Results(ImportReport report) => (report.Imported, report.AlreadyThere);
}
