using System.Globalization;
using MailStore.Formats;

namespace MailStore.Tests.Formats;

public sealed class MailDateTests
{
    [Theory]
    [InlineData("Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T09:55:06-06:00")]
    [InlineData("21 Nov 97 09:55 GMT", "1997-11-21T09:55:00+00:00")]
    [InlineData("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", null)]
    [InlineData("Thu, 13 Feb 1969 23:32 -0330 (Newfoundland Time)", "1969-02-13T23:32:00-03:30")]
    [InlineData("Sat, 29 Feb 2020 23:59:60 EST", "2020-02-29T23:59:59-05:00")]
    [InlineData("Mon, 1 January 2001 00:00:00 +0000", "2001-01-01T00:00:00+00:00")]
    [InlineData("Tue, 30 Feb 2021 10:00:00 +0000", null)]
    [InlineData("1 Jan 2021 25:00:00 +0000", null)]
    [InlineData("1 Jan 2021 10:00:00 +9959", "2021-01-01T10:00:00+00:00")]
    [InlineData("1 Jan 0001 00:30:00 +0100", null)]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    [InlineData("Jan", null)]
    public void A_date_field_is_read(string field, string? expected) =>
        Assert.Equal(expected, MailDate.Parse(field)?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
}
