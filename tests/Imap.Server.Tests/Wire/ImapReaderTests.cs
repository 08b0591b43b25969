using System.Globalization;
using System.Text;
using Backend.Memory;
using Imap.Server.Errors;
using Imap.Server.Extensions;
using Imap.Server.Registry;
using Imap.Server.Wire;

namespace Imap.Server.Tests.Wire;

/// <summary>RFC 9051 §9; RFC 3501 §9.</summary>
public sealed class ImapReaderTests
{
    static readonly ParseContext Context = new(new ImapRegistry(ImapExtensions.BuiltIn, new MemoryBackend()), new ImapServerOptions(), Uid: false);

    [Theory]
    [InlineData("atom", "atom")]
    [InlineData("a]b", "a]b")]
    [InlineData("\"quoted\"", "quoted")]
    [InlineData("\"\"", "")]
    [InlineData("\"a \\\"b\\\" \\\\c\"", "a \"b\" \\c")]
    [InlineData("\"caf\u00C3\u00A9\"", "caf\u00E9")]
    [InlineData("{3}\r\nabc", "abc")]
    [InlineData("{3+}\r\na\r\n", "a\r\n")]
    [InlineData("{0}\r\n", "")]
    [InlineData("NIL", "NIL")]
    [InlineData("+", "+")]
    public void Astrings(string text, string value) => Assert.Equal(value, Read(text, static (ref ImapReader reader) => reader.AStringText()));

    [Theory]
    [InlineData("")]
    [InlineData(" a")]
    [InlineData("(a")]
    [InlineData("%")]
    [InlineData("\"open")]
    [InlineData("\"a\\b\"")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"\\")]
    [InlineData("{4}\r\nabc")]
    [InlineData("{3}abc")]
    [InlineData("{}\r\n")]
    [InlineData("{-1}\r\n")]
    [InlineData("{3}\r\na\0c")]
    [InlineData("\"\u00FF\"")]
    [InlineData("a b")]
    [InlineData("{99999999999999999999}\r\n")]
    public void What_is_no_astring(string text) =>
        Assert.Throws<ImapSyntaxException>(() => Read(text, static (ref ImapReader reader) => reader.AStringText()));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("007", 7)]
    [InlineData("4294967295", 4294967295)]
    public void Numbers(string text, uint value) => Assert.Equal(value, Read(text, static (ref ImapReader reader) => reader.Number()));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("4294967296")]
    [InlineData("99999999999999999999999")]
    [InlineData("1a")]
    public void What_is_no_number(string text) =>
        Assert.Throws<ImapSyntaxException>(() => Read(text, static (ref ImapReader reader) => reader.Number()));

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1:*,5,7:3", "1:*,5,7:3")]
    [InlineData("*", "*")]
    public void Sets(string text, string value) => Assert.Equal(value, Read(text, static (ref ImapReader reader) => reader.SequenceSet().ToString()));

    [Theory]
    [InlineData("0")]
    [InlineData("1:")]
    [InlineData(",1")]
    [InlineData("1,,2")]
    [InlineData("1:2:3")]
    [InlineData("01")]
    [InlineData("4294967296")]
    [InlineData("a")]
    [InlineData("")]
    public void What_is_no_set(string text) =>
        Assert.Throws<ImapSyntaxException>(() => Read(text, static (ref ImapReader reader) => reader.SequenceSet().ToString()));

    [Theory]
    [InlineData("1-Feb-2026", "2026-02-01")]
    [InlineData("\"29-feb-2024\"", "2024-02-29")]
    [InlineData("31-DEC-1999", "1999-12-31")]
    public void Dates(string text, string value) =>
        Assert.Equal(value, Read(text, static (ref ImapReader reader) => reader.Date()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("29-Feb-2026")]
    [InlineData("0-Feb-2026")]
    [InlineData("1-Feb-26")]
    [InlineData("1-Foo-2026")]
    [InlineData("1-2-2026")]
    [InlineData("2026-02-01")]
    [InlineData("1-Jan-0000")]
    public void What_is_no_date(string text) => Assert.Throws<ImapSyntaxException>(() => Read(text, static (ref ImapReader reader) => reader.Date()));

    [Theory]
    [InlineData("\" 1-Feb-2026 09:05:03 +0100\"", "2026-02-01T09:05:03+01:00")]
    [InlineData("\"17-Jul-1996 02:44:25 -0730\"", "1996-07-17T02:44:25-07:30")]
    [InlineData("\"31-Dec-2016 23:59:60 +0000\"", "2017-01-01T00:00:00+00:00")]
    public void Moments(string text, string value) =>
        Assert.Equal(value, Read(text, static (ref ImapReader reader) => reader.DateTimeOffset()).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("\"1-Feb-2026 09:05:03 +0100\"")]
    [InlineData("\" 1-Feb-2026 24:05:03 +0100\"")]
    [InlineData("\" 1-Feb-2026 09:60:03 +0100\"")]
    [InlineData("\" 1-Feb-2026 09:05:03 +2500\"")]
    [InlineData("\" 1-Feb-2026 09:05:03 0100\"")]
    [InlineData("\"31-Feb-2026 09:05:03 +0100\"")]
    [InlineData("\" 1-Jan-0001 00:00:00 +1400\"")]
    [InlineData("\"31-Dec-9999 23:59:59 -1400\"")]
    [InlineData(" 1-Feb-2026 09:05:03 +0100")]
    [InlineData("\"\"")]
    public void What_is_no_moment(string text) =>
        Assert.Throws<ImapSyntaxException>(() => Read(text, static (ref ImapReader reader) => reader.DateTimeOffset()));

    [Theory]
    [InlineData("()", "()")]
    [InlineData("(\\Seen $Work)", "(\\Seen $Work)")]
    [InlineData("(\\seen \\SEEN)", "(\\Seen)")]
    public void Flag_lists(string text, string value) => Assert.Equal(value, Read(text, static (ref ImapReader reader) => reader.FlagList().ToString()));

    [Theory]
    [InlineData("(")]
    [InlineData("(\\Seen")]
    [InlineData("( \\Seen)")]
    [InlineData("(\\Seen )")]
    [InlineData("(\\)")]
    [InlineData("(\"quoted\")")]
    public void What_is_no_flag_list(string text) =>
        Assert.Throws<ImapSyntaxException>(() => Read(text, static (ref ImapReader reader) => reader.FlagList().ToString()));

    [Fact]
    public void A_flag_that_cannot_be_is_refused_and_not_bad() =>
        Assert.Equal(BackendError.InvalidFlag, Assert.Throws<BackendException>(() => Read("(\\Nonsense)", static (ref ImapReader reader) => reader.FlagList().ToString())).Error);

    [Theory]
    [InlineData("inbox", "INBOX")]
    [InlineData("&AOk-", "\u00E9")]
    [InlineData("{5}\r\na/b c", "a/b c")]
    [InlineData("\"caf\u00C3\u00A9\"", "caf\u00E9")]
    public void Mailbox_names(string text, string value) => Assert.Equal(value, Read(text, static (ref ImapReader reader) => reader.Mailbox().Value));

    [Theory]
    [InlineData("&AOk")]
    [InlineData("a//b")]
    [InlineData("\"\"")]
    public void A_name_that_no_mailbox_can_have_is_refused_and_not_bad(string text) =>
        Assert.Throws<CommandRefusedException>(() => Read(text, static (ref ImapReader reader) => reader.Mailbox().Value));

    /// <summary>RFC 9051 §5.1; RFC 6855 §3.</summary>
    [Theory]
    [InlineData("inbox", "INBOX")]
    [InlineData("&AOk-", "&AOk-")]
    [InlineData("\"a&b\"", "a&b")]
    [InlineData("\"caf\u00C3\u00A9\"", "caf\u00E9")]
    [InlineData("\"cafe\u00CC\u0081\"", "caf\u00E9")]
    [InlineData("{5}\r\ncaf\u00C3\u00A9", "caf\u00E9")]
    public void Mailbox_names_in_utf8_once_that_is_enabled(string text, string value) =>
        Assert.Equal(value, Read(text, static (ref ImapReader reader) => reader.Mailbox().Value, Utf8));

    [Theory]
    [InlineData("\"\u00C3(\"")]
    [InlineData("\"\u00ED\u00A0\u0080\"")]
    public void A_name_that_is_no_utf8_is_bad(string text) =>
        Assert.Throws<ImapSyntaxException>(() => Read(text, static (ref ImapReader reader) => reader.Mailbox().Value, Utf8));

    [Theory]
    [InlineData("\"a\u0001\"")]
    [InlineData("\"\u00C2\u0085\"")]
    [InlineData("\"\u00E2\u0080\u00A8\"")]
    public void A_name_with_controls_is_refused(string text) =>
        Assert.Throws<CommandRefusedException>(() => Read(text, static (ref ImapReader reader) => reader.Mailbox().Value, Utf8));

    [Fact]
    public void Nesting_is_bounded()
    {
        var shallow = new ParseContext(Context.Registry, new ImapServerOptions { MaxSearchDepth = 5 }, Uid: false);

        var exception = Assert.Throws<CommandRefusedException>(() =>
        {
            var reader = new ImapReader(default, shallow);
            for (var i = 0; i < 6; i++)
                reader.Enter();
        });
        Assert.Equal(ResponseCode.Limit, exception.Code);
    }

    [Fact]
    public void A_fault_says_where_it_is()
    {
        var exception = Assert.Throws<ImapSyntaxException>(() => Read("abc(", static (ref ImapReader reader) => reader.AStringText()));

        Assert.Equal("Expected the end of the command at octet 4.", exception.Message);
    }

    delegate T Reading<T>(ref ImapReader reader);

    static ParseContext Utf8
    {
        get
        {
            var enabled = new EnabledExtensions();
            enabled.Add(new Enablable("X-UTF8") { Form = ImapForm.Utf8 });
            return Context with { Enabled = enabled };
        }
    }

    static T Read<T>(string text, Reading<T> read, ParseContext? context = null)
    {
        var reader = new ImapReader(Encoding.Latin1.GetBytes(text), context ?? Context);
        var value = read(ref reader);
        reader.End();
        return value;
    }
}
