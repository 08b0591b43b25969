using System.Text;
using MailStore.Import;
using MailStore.Tests.Support;

namespace MailStore.Tests.Import;

public sealed class MboxReaderTests
{
    const string From = "From ada@example.org Thu Aug 22 12:36:23 2002\n";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_are_told_apart_by_their_From_lines()
    {
        var messages = await ReadAsync($"{From}A: 1\n\none\n\n{From}A: 2\n\ntwo\n\n");

        Assert.Equal(["A: 1\r\n\r\none\r\n", "A: 2\r\n\r\ntwo\r\n"], messages.Select(static message => message.Text));
    }

    [Fact]
    public async Task The_date_and_the_flags_come_along()
    {
        var (date, flags, _) = Assert.Single(await ReadAsync($"{From}Status: RO\nX-Keywords: work\n\none\n"));

        Assert.Equal(new DateTimeOffset(2002, 8, 22, 12, 36, 23, TimeSpan.Zero), date);
        Assert.Equal(FlagSet.Of(Flag.Seen, Flag.Parse("work")), flags);
    }

    [Theory]
    [InlineData("From the start\n")]
    [InlineData("\nFrom the start\n")]
    [InlineData("text\nFrom ada Thu Aug 22 12:36:23 2002\n")]
    [InlineData("\n From ada Thu Aug 22 12:36:23 2002\n")]
    public async Task A_line_of_the_text_does_not_end_it(string text)
    {
        var message = Assert.Single(await ReadAsync($"{From}A: 1\n\n{text}\n"));

        Assert.Equal($"A: 1\n\n{text}".ReplaceLineEndings("\r\n"), message.Text);
    }

    [Theory]
    [InlineData(">From x", "From x")]
    [InlineData(">>>From x", ">>From x")]
    [InlineData(" >From x", " >From x")]
    [InlineData(">from x", ">from x")]
    [InlineData("> From x", "> From x")]
    [InlineData("x >From y", "x >From y")]
    [InlineData(">From", ">From")]
    public async Task Quoting_is_undone(string line, string expected)
    {
        var message = Assert.Single(await ReadAsync($"{From}A: 1\n\n{line}\n\n"));

        Assert.Equal($"A: 1\r\n\r\n{expected}\r\n", message.Text);
    }

    [Theory]
    [InlineData("A: 1\n\none\n\n\n\n", "A: 1\r\n\r\none\r\n\r\n\r\n")]
    [InlineData("A: 1\n\none", "A: 1\r\n\r\none")]
    [InlineData("A: 1\n\none\n", "A: 1\r\n\r\none\r\n")]
    [InlineData("A: 1\n\n\n", "A: 1\r\n\r\n")]
    [InlineData("A: 1\r\n\r\none\r\n\r\n", "A: 1\r\n\r\none\r\n")]
    [InlineData("A: 1\r\n\none\rtwo\n\n", "A: 1\r\n\r\none\rtwo\r\n")]
    [InlineData("A: 1\n\n\r\r\n\n", "A: 1\r\n\r\n\r\r\n")]
    [InlineData("A: \0\xff\n\n", "A: \0\xff\r\n")]
    [InlineData("", "")]
    [InlineData("\n", "")]
    public async Task Octets_are_kept_and_one_line_end_is_the_separators(string mbox, string expected) =>
        Assert.Equal(expected, Assert.Single(await ReadAsync(From + mbox)).Text);

    [Fact]
    public async Task Empty_lines_in_front_do_not_matter() => Assert.Single(await ReadAsync($"\n\r\n{From}A: 1\n\n"));

    [Fact]
    public async Task An_empty_file_has_no_messages() => Assert.Empty(await ReadAsync(""));

    [Fact]
    public async Task Another_file_is_refused()
    {
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync("Subject: no mbox\n\n"));

        Assert.Contains("no mbox", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_longer_than_any_buffer_is_kept()
    {
        var line = new string('x', 300_000);

        var messages = await ReadAsync($"{From}A: 1\n\n{line}\n>From {line}\n\n{From}A: 2\n\n");

        Assert.Equal([$"A: 1\r\n\r\n{line}\r\nFrom {line}\r\n", "A: 2\r\n"], messages.Select(static message => message.Text));
    }

    [Fact]
    public async Task A_message_of_several_megabytes_is_kept()
    {
        var text = string.Concat(Enumerable.Range(0, 400_000).Select(static i => $"{i} line\n"));

        var messages = await ReadAsync($"{From}A: 1\n\n{text}\n{From}A: 2\n\n");

        Assert.Equal([$"A: 1\n\n{text}".ReplaceLineEndings("\r\n"), "A: 2\r\n"], messages.Select(static message => message.Text));
    }

    [Fact]
    public async Task It_does_not_matter_where_reads_are_cut()
    {
        var mbox = $"{From}A: 1\r\n\n>From x\n\n\n{From}A: 2\n\n>>From y\r\r\n\n";
        var whole = await ReadAsync(mbox);

        for (var size = 1; size < 40; size++)
            Assert.Equal(whole, await ReadAsync(mbox, size));
    }

    [Theory]
    [MemberData(nameof(CorpusNames))]
    public async Task Every_message_of_the_corpus_is_found(string name)
    {
        var path = Corpus.Mbox(name);
        var count = 0;
        await using var mbox = await MailFile.OpenAsync(path, static _ => { }, Token);
        await foreach (var message in MboxReader.ReadAsync(mbox, path, Token))
            await using (message)
            {
                Assert.Equal(++count, message.Number);
                Assert.NotEqual(0, message.Content.Length);
            }

        Assert.Equal(Corpus.Mboxes[name], count);
    }

    public static TheoryData<string> CorpusNames => [.. Corpus.Mboxes.Keys];

    static Task<List<(DateTimeOffset? Date, FlagSet Flags, string Text)>> ReadAsync(string mbox) => ReadAsync(mbox, int.MaxValue);

    static async Task<List<(DateTimeOffset? Date, FlagSet Flags, string Text)>> ReadAsync(string mbox, int size)
    {
        using var stream = new SlowStream(Encoding.Latin1.GetBytes(mbox), size);
        var messages = new List<(DateTimeOffset?, FlagSet, string)>();
        await foreach (var message in MboxReader.ReadAsync(stream, "test.mbox", Token))
            await using (message)
                messages.Add((message.Date, message.Flags, await TextOf(message)));
        return messages;
    }

    static async Task<string> TextOf(SourceMessage message)
    {
        using var octets = new MemoryStream();
        await message.Content.Rewind().CopyToAsync(octets, Token);
        return Encoding.Latin1.GetString(octets.ToArray());
    }
}
