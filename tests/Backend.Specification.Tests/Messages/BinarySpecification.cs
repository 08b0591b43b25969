using System.Security.Cryptography;

namespace Backend.Specification.Tests.Messages;

/// <summary>IBinaryMailbox: FETCH BINARY. RFC 3516 §4, §6; RFC 9051 §6.4.5, §7.5.2.</summary>
public abstract class BinarySpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Theory]
    [InlineData("Content-Transfer-Encoding: base64", "SGVsbG8s\r\nIHdvcmxk\r\nIQ==\r\n", "Hello, world!")]
    [InlineData("Content-Transfer-Encoding: BASE64", "SGVsbG8sIHdvcmxkIQ", "Hello, world!")]
    [InlineData("Content-Transfer-Encoding: base64", "SGV*s-b_G8,,h", "Hello!")]
    [InlineData("Content-Transfer-Encoding: base64", "", "")]
    [InlineData("Content-Transfer-Encoding: quoted-printable", "a=3Db=\r\nc=20\r\nd", "a=bc \r\nd")]
    [InlineData("content-transfer-encoding: (x) Quoted-Printable", "a=XYb=", "a=XYb")]
    [InlineData("Content-Transfer-Encoding: 7bit", "a=3Db\r\n", "a=3Db\r\n")]
    [InlineData("Content-Transfer-Encoding: 8bit", "\u00FC\r\n", "\u00FC\r\n")]
    [InlineData("Content-Type: application/x\r\nContent-Transfer-Encoding: binary", "a\nb", "a\nb")]
    [InlineData("X-Other: x", "a=3Db\r\n", "a=3Db\r\n")]
    // RFC 3516 §6: text ends its lines with CRLF, however it is stored; other types are as they are.
    [InlineData("Content-Type: text/plain\r\nContent-Transfer-Encoding: base64", "YQpiDQpjCg==", "a\r\nb\r\nc\r\n")]
    [InlineData("Content-Type: image/x\r\nContent-Transfer-Encoding: base64", "YQpiDQpjCg==", "a\nb\r\nc\n")]
    [InlineData("Content-Type: text/html;\r\n\tcharset=utf-8\r\nContent-Transfer-Encoding:\r\n quoted-printable", "a=0Ab\nc", "a\r\nb\r\nc")]
    public virtual async Task A_part_comes_without_its_encoding(string header, string body, string expected)
    {
        var inbox = await OpenAsync();
        var uid = await inbox.AppendAsync(Mail.Text($"Subject: x\r\n{header}\r\n\r\n{body}"));

        Assert.Equal(expected, Encoding.UTF8.GetString((await DecodeAsync(inbox, uid, "1"))!));
    }

    [Theory]
    [InlineData("x-token")]
    [InlineData("base-64")]
    [InlineData("ÿþ")]
    public virtual async Task An_encoding_that_nobody_knows_is_said_to_be_so(string encoding)
    {
        var inbox = await OpenAsync();
        var uid = await inbox.AppendAsync(Mail.With($"Content-Transfer-Encoding: {encoding}", "text"));

        var section = await SectionAsync(inbox, uid, new SectionItem(Sections.Parse("1")) { IsDecoded = true });

        Assert.True(section.IsEncodingUnknown);
        Assert.Null(section.Content);
        Assert.Equal("text\r\n", Encoding.UTF8.GetString((await inbox.SectionAsync(uid, Sections.Parse("1")))!));
    }

    [Fact]
    public virtual async Task Parts_are_found_however_deep_they_are()
    {
        var inbox = await OpenAsync();
        var inner = "Subject: inner\r\nContent-Type: multipart/alternative; boundary=i\r\n\r\n--i\r\nContent-Transfer-Encoding: base64\r\n\r\nb25l\r\n--i\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\ntw=6F\r\n--i--\r\n";
        var uid = await inbox.AppendAsync(Mail.Text($"Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n\r\nfirst\r\n--o\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--o--\r\n"));

        Assert.Equal("first", Text(await DecodeAsync(inbox, uid, "1")));
        Assert.Equal("one", Text(await DecodeAsync(inbox, uid, "2.1")));
        Assert.Equal("two", Text(await DecodeAsync(inbox, uid, "2.2")));
        Assert.Null(await DecodeAsync(inbox, uid, "3"));
        Assert.Null(await DecodeAsync(inbox, uid, "2.1.1.1"));
        // A message has no encoding of its own.
        Assert.Equal(inner, Text(await DecodeAsync(inbox, uid, "2")));
        Assert.Equal(await inbox.BodyAsync(uid), await DecodeAsync(inbox, uid, ""));
    }

    [Theory]
    [InlineData(0, 5, "Hello")]
    [InlineData(7, 3, "wor")]
    [InlineData(7, 1_000, "world!")]
    [InlineData(13, 1, "")]
    [InlineData(1_000, 1, "")]
    [InlineData(2, long.MaxValue, "llo, world!")]
    public virtual async Task A_partial_counts_what_is_decoded(long offset, long count, string expected)
    {
        var inbox = await OpenAsync();
        var uid = await inbox.AppendAsync(Mail.With("Content-Transfer-Encoding: base64", "SGVsbG8sIHdvcmxkIQ=="));

        Assert.Equal(expected, Text(await DecodeAsync(inbox, uid, "1", new SectionPartial(offset, count))));
    }

    [Fact]
    public virtual async Task NULs_are_told_of_where_they_are_asked_for()
    {
        var inbox = await OpenAsync();
        var uid = await inbox.AppendAsync(Mail.With("Content-Type: image/x\r\nContent-Transfer-Encoding: base64", "YWJjAGRl"));
        var part = Sections.Parse("1");

        Assert.True((await SectionAsync(inbox, uid, new SectionItem(part) { IsDecoded = true })).Content!.HasNul);
        Assert.True((await SectionAsync(inbox, uid, new SectionItem(part, new SectionPartial(3, 1)) { IsDecoded = true })).Content!.HasNul);
        Assert.False((await SectionAsync(inbox, uid, new SectionItem(part, new SectionPartial(0, 3)) { IsDecoded = true })).Content!.HasNul);
        Assert.False((await SectionAsync(inbox, uid, new SectionItem(part, new SectionPartial(4, 9)) { IsDecoded = true })).Content!.HasNul);
    }

    [Theory]
    [InlineData("base64")]
    [InlineData("quoted-printable")]
    [InlineData("8bit")]
    public virtual async Task A_large_part_is_exactly_as_long_as_is_said(string encoding)
    {
        var inbox = await OpenAsync();
        var content = new byte[1_500_000];
        new Random(7).NextBytes(content);
        content.AsSpan(700_000, 100_000).Replace((byte)0, (byte)1);
        var body = encoding switch
        {
            "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)),
            "8bit" => content,
            _ => Encoding.ASCII.GetBytes(string.Concat(content.Select((octet, i) => $"={octet:X2}{(i % 25 == 24 ? "=\r\n" : "")}"))),
        };
        var uid = await inbox.AppendAsync([.. Mail.Text($"Content-Type: image/x\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"), .. body]);
        var item = new SectionItem(Sections.Parse("1")) { IsDecoded = true };

        var whole = await SectionAsync(inbox, uid, item);
        Assert.Equal((content.Length, true), (whole.Content!.Length, whole.Content.HasNul));
        Assert.Equal(SHA256.HashData(content), SHA256.HashData((await DecodeAsync(inbox, uid, "1"))!));
        Assert.Equal(content[700_000..800_000], await DecodeAsync(inbox, uid, "1", new SectionPartial(700_000, 100_000)));
        Assert.False((await SectionAsync(inbox, uid, item with { Partial = new SectionPartial(700_000, 100_000) })).Content!.HasNul);
    }

    [Fact]
    public virtual async Task Decoded_and_plain_sections_can_be_asked_for_together()
    {
        var inbox = await OpenAsync();
        var message = Mail.With("Content-Transfer-Encoding: base64", "SGVsbG8=");
        var uids = await Task.WhenAll((await inbox.AppendManyAsync(2)).Select(Task.FromResult));
        var uid = await inbox.AppendAsync(message);

        var all = await inbox.ListAsync(SequenceSet.Parse("1:*"), new FetchItems
        {
            Attributes = FetchAttributes.Flags | FetchAttributes.Envelope,
            Sections = [new SectionItem(Sections.Parse("1")), new SectionItem(Sections.Parse("1")) { IsDecoded = true }, new SectionItem(Section.Whole), new SectionItem(Sections.Parse("HEADER.FIELDS (Subject)"))],
        });

        Assert.Equal([.. uids, uid], all.Select(static each => each.Uid));
        Assert.Equal(["SGVsbG8=\r\n", "Hello", Text(message), "\r\n"], all[2].Octets.Select(Text));
        Assert.Equal([1u, 2, 3], all.Select(static each => each.Message.SequenceNumber!.Value.Value));
        Assert.NotNull(all[2].Message.Envelope);
    }

    async Task<IMailbox> OpenAsync() => Assert.IsAssignableFrom<IBinaryMailbox>(await InboxAsync());

    static string Text(byte[]? octets) => Encoding.UTF8.GetString(octets!);

    static async Task<byte[]?> DecodeAsync(IMailbox mailbox, Uid uid, string part, SectionPartial? partial = null)
    {
        var item = new SectionItem(Sections.Parse(part), partial) { IsDecoded = true };
        var message = Assert.Single(await mailbox.ListAsync(UidSet.Of(uid), new FetchItems { Sections = [item] }));
        Assert.False(message.Message.Sections[0].IsEncodingUnknown);
        Assert.Equal(message.Octets[0]?.Length, message.Message.Sections[0].Content?.Length);
        return message.Octets[0];
    }

    static async Task<FetchedSection> SectionAsync(IMailbox mailbox, Uid uid, SectionItem item) =>
        Assert.Single(await mailbox.ListAsync(UidSet.Of(uid), new FetchItems { Sections = [item] })).Message.Sections[0];
}
