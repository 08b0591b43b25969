using System.IO.Pipelines;
using System.Text;
using Imap.Server.Wire;

namespace Imap.Server.Tests.Wire;

/// <summary>RFC 9051 §9; RFC 3501 §9.</summary>
public sealed class ImapWriterTests
{
    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("plain text", "\"plain text\"")]
    [InlineData("a \"b\" \\c", "\"a \\\"b\\\" \\\\c\"")]
    [InlineData("caf\u00E9", "{5}\r\ncaf\u00C3\u00A9")]
    [InlineData("a\r\nb", "{4}\r\na\r\nb")]
    [InlineData("a\u0001", "{2}\r\na\u0001")]
    public Task A_string_is_quoted_where_it_can_be(string text, string written) => AssertWritesAsync(written, writer => writer.String(text));

    [Theory]
    [InlineData("INBOX", "INBOX")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("Entw\u00FCrfe", "Entw&APw-rfe")]
    [InlineData("nil", "\"nil\"")]
    [InlineData("a(b", "\"a(b\"")]
    [InlineData("100%", "\"100%\"")]
    public Task A_mailbox_is_an_astring(string name, string written) => AssertWritesAsync(written, writer => writer.Mailbox(MailboxName.Parse(name)));

    /// <summary>RFC 9051 §4.3, §5.1, §9 (quoted, text); RFC 6855 §3.</summary>
    [Theory]
    [InlineData("caf\u00E9", "\"caf\u00C3\u00A9\"")]
    [InlineData("\"\u00E9\"\\", "\"\\\"\u00C3\u00A9\\\"\\\\\"")]
    [InlineData("\u00E9\n", "{3}\r\n\u00C3\u00A9\n")]
    [InlineData("\u00E9\u007F", "{3}\r\n\u00C3\u00A9\u007F")]
    public Task A_string_is_quoted_in_utf8_once_that_is_enabled(string text, string written) => AssertWritesAsync(written, writer => Utf8(writer).String(text));

    [Fact]
    public Task A_string_that_is_no_utf8_is_a_literal() => AssertWritesAsync("{2}\r\n\u00C3(", static writer => Utf8(writer).String([0xC3, 0x28]));

    [Theory]
    [InlineData("Entw\u00FCrfe", "\"Entw\u00C3\u00BCrfe\"")]
    [InlineData("a&b", "a&b")]
    public Task A_mailbox_is_in_utf8_once_that_is_enabled(string name, string written) =>
        AssertWritesAsync(written, writer => Utf8(writer).Mailbox(MailboxName.Parse(name)));

    /// <summary>RFC 6855 has UTF-8 in quoted strings only.</summary>
    [Fact]
    public Task A_text_for_people_is_utf8_in_rev2_only() =>
        AssertWritesAsync("* NO A ? text\r\n* NO A \u00C3\u00A9? text\r\n", static writer =>
        {
            Utf8(writer).UntaggedStatus("NO"u8, null, "A \u00E9 text");
            Rev2(writer).UntaggedStatus("NO"u8, null, "A \u00E9\n text");
        });

    /// <summary>RFC 9051 §2.3.2.</summary>
    [Fact]
    public Task There_is_no_recent_in_rev2() =>
        AssertWritesAsync("(\\Seen \\Recent)(\\Seen)()", static writer =>
        {
            var flags = FlagSet.Of(Flag.Seen, Flag.Recent);
            Utf8(writer).Flags(flags);
            Rev2(writer).Flags(flags).Flags(FlagSet.Of(Flag.Recent));
        });

    /// <summary>RFC 9051 §6.3.9.7.</summary>
    [Fact]
    public Task A_list_can_tell_an_old_name() =>
        AssertWritesAsync("* LIST (\\HasNoChildren) \"/\" \"\u00C3\u00A9\" (\"OLDNAME\" (\"e\u00CC\u0081\"))\r\n", static writer =>
            Rev2(writer).MailboxList(new MailboxInfo { Name = MailboxName.Parse("\u00E9"), Attributes = MailboxAttributes.HasNoChildren }, "e\u0301"));

    [Theory]
    [InlineData(2026, 2, 1, 9, 5, 3, 60, "\" 1-Feb-2026 09:05:03 +0100\"")]
    [InlineData(1996, 7, 17, 2, 44, 25, -450, "\"17-Jul-1996 02:44:25 -0730\"")]
    [InlineData(1, 1, 2, 0, 0, 0, 0, "\" 2-Jan-0001 00:00:00 +0000\"")]
    public Task A_moment_has_its_offset(int year, int month, int day, int hour, int minute, int second, int offset, string written) =>
        AssertWritesAsync(written, writer => writer.DateTime(new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.FromMinutes(offset))));

    [Fact]
    public Task A_text_for_people_is_printable_ascii_in_one_line() =>
        AssertWritesAsync("* NO [LIMIT] A ?? text\r\n", static writer => writer.UntaggedStatus("NO"u8, ResponseCode.Limit, "A \u00E9\n text"));

    [Fact]
    public Task A_number_can_be_large() => AssertWritesAsync("9223372036854775807", static writer => writer.Number(long.MaxValue));

    /// <summary>What does not fit into the buffer any more goes on in an empty one, and nothing of what was in it is said again.</summary>
    [Fact]
    public async Task Words_go_over_the_end_of_the_buffer()
    {
        for (var length = (40 * 1024) - 60; length <= (40 * 1024) + 1; length++)
        {
            var filling = new string('x', length);
            await AssertWritesAsync($"{filling}UIDVALIDITY 7 \"b\" 1:3\r\n", writer =>
                writer.Octets(Encoding.ASCII.GetBytes(filling)).Atom("UIDVALIDITY").Space().Number(7).Space().String("b").Space().Set(UidSet.Parse("1:3")).Crlf());
        }
    }

    [Fact]
    public Task A_set_is_written_as_ranges() => AssertWritesAsync("1:3,7", static writer => writer.Set(UidSet.Parse("1:3,7:7")));

    [Fact]
    public async Task What_is_written_is_one_piece()
    {
        var pipe = new Pipe();
        using var writer = new ImapWriter(pipe.Writer, TimeProvider.System, TimeSpan.FromMinutes(1));
        for (var i = 0; i < 100; i++)
            writer.Octets("* 1 EXISTS\r\n"u8);
        Assert.False(pipe.Reader.TryRead(out _));
        await writer.FlushAsync();

        Assert.True(pipe.Reader.TryRead(out var result));
        Assert.Equal(1200, result.Buffer.Length);
    }

    [Fact]
    public async Task What_has_not_left_can_be_taken_back()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        using var writer = new ImapWriter(pipe.Writer, TimeProvider.System, TimeSpan.FromMinutes(1));
        writer.Octets("kept "u8);
        var mark = writer.Mark;
        writer.Octets("taken back"u8);
        Assert.True(writer.TryRollback(mark));
        writer.Octets("kept too"u8);
        mark = writer.Mark;
        await writer.FlushAsync();
        Assert.True(writer.TryRollback(mark));
        writer.Octets(new byte[100_000]);
        Assert.False(writer.TryRollback(mark));
        await writer.FlushAsync();
        await pipe.Writer.CompleteAsync();

        Assert.Equal(13 + 100_000, (await pipe.Reader.ReadAsync()).Buffer.Length);
    }

    [Fact]
    public async Task A_reader_that_has_gone_ends_the_connection()
    {
        var pipe = new Pipe();
        using var writer = new ImapWriter(pipe.Writer, TimeProvider.System, TimeSpan.FromMinutes(1));
        await pipe.Reader.CompleteAsync();
        writer.Octets("x"u8);

        await Assert.ThrowsAsync<Errors.ConnectionEndException>(async () => await writer.FlushAsync());
    }

    [Fact]
    public async Task A_literal_has_as_many_octets_as_were_announced()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        using var writer = new ImapWriter(pipe.Writer, TimeProvider.System, TimeSpan.FromMinutes(1));
        await using var sink = new LiteralSink(writer, 100_000);
        await sink.WriteAsync(new byte[99_999], TestContext.Current.CancellationToken);
        Assert.Throws<InvalidOperationException>(sink.ThrowIfIncomplete);
        await sink.WriteAsync(new byte[1], TestContext.Current.CancellationToken);
        sink.ThrowIfIncomplete();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await sink.WriteAsync(new byte[1]));
    }

    [Fact]
    public void Expunge_cannot_be_said_where_it_must_not()
    {
        using var writer = new ImapWriter(new Pipe().Writer, TimeProvider.System, TimeSpan.FromMinutes(1));

        Assert.Throws<InvalidOperationException>(() => new UpdateWriter(writer, mayExpunge: false, withUid: false).Expunge(1));
    }

    static ImapWriter Utf8(ImapWriter writer)
    {
        writer.Form = ImapForm.Utf8;
        return writer;
    }

    static ImapWriter Rev2(ImapWriter writer)
    {
        writer.Form = ImapForm.Rev2;
        return writer;
    }

    static async Task AssertWritesAsync(string expected, Action<ImapWriter> write)
    {
        var pipe = new Pipe();
        using var writer = new ImapWriter(pipe.Writer, TimeProvider.System, TimeSpan.FromMinutes(1));
        write(writer);
        await writer.FlushAsync();
        var result = await pipe.Reader.ReadAsync();

        Assert.Equal(expected, Encoding.Latin1.GetString(result.Buffer));
    }
}
