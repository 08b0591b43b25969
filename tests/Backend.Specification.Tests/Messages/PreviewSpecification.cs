namespace Backend.Specification.Tests.Messages;

/// <summary>IPreviewMailbox: FETCH PREVIEW. RFC 8970 §3.</summary>
public abstract class PreviewSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Theory]
    [InlineData("Subject: x\r\n\r\nDear all,\r\n\r\n  see  below.\r\n", "Dear all, see below.")]
    [InlineData("Subject: x\r\n\r\n", "")]
    [InlineData("Content-Type: text/html\r\n\r\n<p>One <b>word</b></p>\r\n", "One word")]
    [InlineData("Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=FC=DFe\r\n", "Gr\u00FC\u00DFe")]
    [InlineData("Content-Type: image/png\r\n\r\nAAAA\r\n", "")]
    [InlineData("Content-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b--\r\n", "")]
    public virtual async Task It_is_the_beginning_of_the_text(string message, string expected)
    {
        var inbox = await OpenAsync();
        var uid = await inbox.AppendAsync(Mail.Text(message));

        Assert.Equal(expected, await PreviewAsync(inbox, uid));
    }

    [Fact]
    public virtual async Task It_has_at_most_200_characters()
    {
        var inbox = await OpenAsync();
        var uid = await inbox.AppendAsync(Mail.With("Content-Type: text/plain; charset=utf-8", string.Concat(Enumerable.Repeat("\u53F0\u5317 ", 1_000))));

        var preview = await PreviewAsync(inbox, uid);

        Assert.StartsWith("\u53F0\u5317 \u53F0", preview, StringComparison.Ordinal);
        Assert.InRange(preview!.EnumerateRunes().Count(), 190, 200);
    }

    [Fact]
    public virtual async Task A_copy_has_the_same_and_so_has_every_request()
    {
        var inbox = await OpenAsync();
        var uid = await inbox.AppendAsync(Mail.Of("x", "The text.\r\n"));
        var archive = await User.CreateAsync("archive");
        var copied = await inbox.CopyAsync(UidSet.Of(uid), "archive");
        await inbox.AddAsync(uid, Flag.Seen);

        Assert.Equal("The text.", await PreviewAsync(inbox, uid));
        Assert.Equal("The text.", await PreviewAsync(archive, copied.Destination.Enumerate().Single()));
    }

    [Fact]
    public virtual async Task It_is_told_beside_everything_else_and_only_when_asked_for()
    {
        var inbox = await OpenAsync();
        await inbox.AppendManyAsync(3);

        foreach (var sections in (ImmutableArray<SectionItem>[])[[], [new SectionItem(Section.Whole)], [new SectionItem(new Section { Text = SectionText.Text })]])
        {
            var with = await inbox.ListAsync(UidSet.All, new FetchItems { Attributes = FetchAttributes.Preview | FetchAttributes.Flags, Sections = sections });
            Assert.All(with, static message => Assert.Equal("Hello.", message.Message.Preview));
            Assert.Equal(3, with.Count);
            var without = await inbox.ListAsync(UidSet.All, new FetchItems { Attributes = FetchAttributes.Envelope, Sections = sections });
            Assert.All(without, static message => Assert.Null(message.Message.Preview));
        }
    }

    async Task<IMailbox> OpenAsync() => Assert.IsAssignableFrom<IPreviewMailbox>(await InboxAsync());

    static async Task<string?> PreviewAsync(IMailbox mailbox, Uid uid) => (await mailbox.FetchAsync(uid, FetchAttributes.Preview)).Message.Preview;
}
