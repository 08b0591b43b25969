using System.Globalization;
using System.Text;
using MailStore.Formats;

namespace MailStore.Tests.Formats;

public sealed class FromLineTests
{
    [Theory]
    [InlineData("From MAILER-DAEMON Fri Jan  1 00:00:00 2015", "2015-01-01 00:00:00 +00:00")]
    [InlineData("From MAILER-DAEMON Fri Jan 1 00:0:00 2015", "2015-01-01 00:00:00 +00:00")]
    [InlineData("From ada@example.org  Thu Aug 22 12:36:23 2002\r\n", "2002-08-22 12:36:23 +00:00")]
    [InlineData("From 1569382937@xxx Mon Aug 24 12:00:00 +0200 2020", "2020-08-24 12:00:00 +02:00")]
    [InlineData("From ada@example.org Mon Aug 24 12:00 EDT 2020", "2020-08-24 12:00:00 -04:00")]
    [InlineData("From ada@example.org Mon, 24 Aug 2020 12:00:00 +0200", "2020-08-24 12:00:00 +02:00")]
    [InlineData("From ada Thu Aug 22 12:36:23 1991 remote from site", "1991-08-22 12:36:23 +00:00")]
    [InlineData("From \"Ada L.\" <ada@example.org> Thu Aug 22 12:36:23 1991", "1991-08-22 12:36:23 +00:00")]
    [InlineData("From () 2020-03-03 07:50:45 +0000", "2020-03-03 07:50:45 +00:00")]
    [InlineData("From ada@example.org 2020-03-03T07:50:45+01:00\n", "2020-03-03 07:50:45 +01:00")]
    [InlineData("From ada 2020-03-03 07:50:45", "2020-03-03 07:50:45 +00:00")]
    [InlineData("From - Thu Aug 22 12:36:23 1991", "1991-08-22 12:36:23 +00:00")]
    [InlineData("From Sun Thu Aug 22 12:36:23 1991", "1991-08-22 12:36:23 +00:00")]
    [InlineData("From ada Thu Aug 35 12:36:23 1991", null)]
    public void It_is_recognised_with_its_date(string line, string? date)
    {
        Assert.True(FromLine.TryParse(Encoding.Latin1.GetBytes(line), out var parsed));
        Assert.Equal(date, parsed?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("From the very beginning")]
    [InlineData("From Monday on we meet at 10:00")]
    [InlineData("From Mon May 16 on")]
    [InlineData("From 2020-03-03 07:50:45 on it works")]
    [InlineData("From: ada@example.org")]
    [InlineData(">From ada Thu Aug 22 12:36:23 1991")]
    [InlineData("from ada Thu Aug 22 12:36:23 1991")]
    [InlineData("From ")]
    [InlineData("")]
    public void A_sentence_is_none(string line) => Assert.False(FromLine.TryParse(Encoding.Latin1.GetBytes(line), out _));

    [Theory]
    [InlineData("ada@example.org", "From ada@example.org Sat Feb  1 22:30:05 2020\n")]
    [InlineData("ada lovelace@example.org", "From MAILER-DAEMON Sat Feb  1 22:30:05 2020\n")]
    [InlineData("", "From MAILER-DAEMON Sat Feb  1 22:30:05 2020\n")]
    [InlineData(null, "From MAILER-DAEMON Sat Feb  1 22:30:05 2020\n")]
    public void It_is_written_in_UTC_and_can_be_read_again(string? sender, string expected)
    {
        var line = FromLine.Format(sender, new DateTimeOffset(2020, 2, 2, 0, 30, 5, TimeSpan.FromHours(2)));

        Assert.Equal(expected, Encoding.ASCII.GetString(line));
        Assert.True(FromLine.TryParse(line, out var date));
        Assert.Equal(new DateTimeOffset(2020, 2, 1, 22, 30, 5, TimeSpan.Zero), date);
    }
}
