namespace Backend.Mime.Tests;

/// <summary>Sections and partials. RFC 9051 §6.4.5.</summary>
public sealed class SectionReaderTests
{
    static readonly byte[] Message = Mail.Octets("Subject: x\nTo: a\nCc: b\n\n0123456789\n");

    static readonly Section Text = new() { Text = SectionText.Text };

    static readonly Section ToAndCc = new() { Text = SectionText.HeaderFields, Fields = ["cc", "to"] };

    [Theory]
    [InlineData(0L, 4L, "0123")]
    [InlineData(4L, 4L, "4567")]
    [InlineData(8L, 100L, "89\r\n")]
    [InlineData(12L, 1L, "")]
    [InlineData(1000L, 1L, "")]
    [InlineData(long.MaxValue, long.MaxValue, "")]
    [InlineData(0L, long.MaxValue, "0123456789\r\n")]
    public async Task A_partial_is_cut_at_the_end_of_its_section(long offset, long count, string expected)
        => await IsReadAsync(new SectionItem(Text, new SectionPartial(offset, count)), expected);

    [Theory]
    [InlineData(0L, 8L, "To: a\r\nC")]
    [InlineData(6L, 100L, "\nCc: b\r\n\r\n")]
    public async Task A_partial_counts_in_the_fields_that_were_picked(long offset, long count, string expected)
        => await IsReadAsync(new SectionItem(ToAndCc, new SectionPartial(offset, count)), expected);

    [Fact]
    public async Task Without_a_partial_all_comes()
    {
        await IsReadAsync(new SectionItem(Section.Whole), Mail.Text(Message));
        await IsReadAsync(new SectionItem(ToAndCc), "To: a\r\nCc: b\r\n\r\n");
        await IsReadAsync(new SectionItem(ToAndCc with { Text = SectionText.HeaderFieldsNot }), "Subject: x\r\n\r\n");
    }

    [Fact]
    public async Task Fields_of_a_message_within_come_from_its_own_header()
    {
        var message = Mail.Octets("Subject: outer\nContent-Type: message/rfc822\n\nSubject: inner\n\n");
        var parsed = await Mail.ParseAsync(message);

        var read = SectionReader.Read(message, parsed.Layout, new SectionItem(new Section { Part = [1], Text = SectionText.HeaderFields, Fields = ["SUBJECT"] }));

        Assert.Equal("Subject: inner\r\n\r\n", Mail.Text(await read!.ToArrayAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        var parsed = await Mail.ParseAsync(Message);
        var item = new SectionItem(new Section { Part = [2] });
        using var stream = new MemoryStream(Message);

        Assert.Null(SectionReader.Read(Message, parsed.Layout, item));
        Assert.Null(await SectionReader.ReadAsync(stream, parsed.Layout, item, TestContext.Current.CancellationToken));
    }

    static async Task IsReadAsync(SectionItem item, string expected)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var parsed = await Mail.ParseAsync(Message);
        using var stream = new MemoryStream(Message);

        var fromMemory = SectionReader.Read(Message, parsed.Layout, item);
        var fromStream = await SectionReader.ReadAsync(stream, parsed.Layout, item, cancellationToken);

        Assert.Equal(expected, Mail.Text(await fromMemory!.ToArrayAsync(cancellationToken)));
        Assert.Equal(expected, Mail.Text(await fromStream!.ToArrayAsync(cancellationToken)));
        Assert.Equal(expected.Length, fromStream.Length);
    }
}
