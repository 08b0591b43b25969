using MailStore.Export;
using MailStore.Import;
using MailStore.Tests.Support;

namespace MailStore.Tests.Import;

/// <summary>Real mail into the store on SQLite and out again.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> CorpusNames => [.. Corpus.Mboxes.Keys];

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(CorpusNames))]
    public async Task An_mbox_is_in_the_mailbox_octet_for_octet_in_its_order_and_only_once(string name)
    {
        var expected = Corpus.Split(await Corpus.DecompressAsync(Corpus.Mbox(name), Token));
        await using var store = await SqliteStore.CreateAsync(Token);

        Assert.Equal((Corpus.Mboxes[name], 0L), await ImportAsync(store, Corpus.Mbox(name), "INBOX"));
        Assert.Equal(expected, await store.ReadAsync("INBOX", Token));
        Assert.Equal((0L, Corpus.Mboxes[name]), await ImportAsync(store, Corpus.Mbox(name), "INBOX"));
    }

    [Theory]
    [InlineData("bounces")]
    [InlineData("jwz")]
    [InlineData("spamassassin-spam")]
    public async Task An_export_gives_back_the_same_octets(string name)
    {
        await using var store = await SqliteStore.CreateAsync(Token);
        await ImportAsync(store, Corpus.Mbox(name), "INBOX");
        var expected = await store.ReadAsync("INBOX", Token);

        await ExportAsync(store, new MboxWriter(), store.Folder["out.mbox"]);
        await ImportAsync(store, store.Folder["out.mbox"], "mbox");
        Assert.Equal(expected, await store.ReadAsync("mbox", Token));

        await ExportAsync(store, new MaildirWriter(TimeProvider.System), store.Folder["out"]);
        await ImportAsync(store, store.Folder["out"], "maildir");
        Assert.Equal(expected, await store.ReadAsync("maildir", Token));
    }

    [Fact]
    public async Task Odd_mails_are_imported_only_once_and_come_out_of_a_Maildir_as_they_went_in()
    {
        await using var store = await SqliteStore.CreateAsync(Token);

        var (imported, _) = await ImportAsync(store, Corpus.Torture(), "INBOX");
        Assert.InRange(imported, 300, 400);
        Assert.Equal((0L, imported), await ImportAsync(store, Corpus.Torture(), "INBOX"));

        await ExportAsync(store, new MaildirWriter(TimeProvider.System), store.Folder["out"]);
        Assert.Equal((imported, 0L), await ImportAsync(store, store.Folder["out"], "maildir"));
        Assert.Equal(await store.ReadAsync("INBOX", Token), await store.ReadAsync("maildir", Token));
        Assert.Equal((0L, imported), await ImportAsync(store, store.Folder["out"], "maildir"));
    }

    static async Task<(long Imported, long AlreadyThere)> ImportAsync(SqliteStore store, string path, string mailbox)
    {
        var report = new ImportReport();
        var sources = await new MailSourceFinder(report).FindAsync([path], Token);
        await new ImportMessages(await store.OpenAsync(Token), MailboxName.Parse(mailbox), again: false, report).RunAsync(sources, Token);
        Assert.Empty(report.Refusals);
        return (report.Imported, report.AlreadyThere);
    }

    static async Task ExportAsync(SqliteStore store, IMailboxWriter writer, string path) =>
        await new ExportMailboxes(await store.OpenAsync(Token), writer, new ExportReport()).RunAsync(MailboxName.Inbox, path, Token);
}
