using System.Globalization;

namespace Backend.Mime.Tests;

/// <summary>The Date field, and the Message-ID. RFC 5322 §3.3, §4.3; RFC 5256 §2.2.</summary>
public sealed class SentDateTests
{
    [Theory]
    [InlineData("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)", "1996-07-17T02:23:25-07:00")]
    [InlineData("17 Jul 1996 23:59:59 +1200", "1996-07-17T23:59:59+12:00")]
    [InlineData("Sat, 1 Jan 2022 00:00 GMT", "2022-01-01T00:00:00+00:00")]
    [InlineData("Mon,\n 3 Feb 2020 10:00:00 +0100", "2020-02-03T10:00:00+01:00")]
    [InlineData("Fri, 5 Sep 97 10:00:00 EST", "1997-09-05T10:00:00-05:00")]
    [InlineData("", null)]
    [InlineData("yesterday", null)]
    [InlineData("Mon, 99 Foo 2020 10:00:00 +0100", null)]
    [InlineData("31 Dec 9999 23:59:59 -1200", null)]
    [InlineData("1 Jan 0001 00:00:00 +1400", "2001-01-01T00:00:00+14:00")]
    [InlineData("1 Jan 2000 00:00:00 +9999", "2000-01-01T00:00:00+00:00")]
    public async Task A_date_keeps_its_own_day_and_zone(string field, string? expected)
    {
        var sent = (await Mail.ParseAsync($"Date: {field}\n\n")).SentDate;

        Assert.Equal(expected, sent?.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Without_a_date_there_is_none() => Assert.Null((await Mail.ParseAsync("Subject: x\n\n")).SentDate);

    [Theory]
    [InlineData("Message-ID: <a@b>\n", "<a@b>")]
    [InlineData("message-id:\n <a@b> \n", "<a@b>")]
    [InlineData("Message-ID:\n", "")]
    [InlineData("Subject: x\n", null)]
    public async Task A_message_id_is_as_it_stands(string header, string? expected) => Assert.Equal(expected, (await Mail.ParseAsync(header + "\n")).MessageId);
}
