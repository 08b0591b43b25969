using Backend.Specification.Tests.Messages;
using static Backend.Abstractions.Search.SearchKey;

namespace Backend.Specification.Tests.Searching;

/// <summary>Searches for header fields: HEADER, FROM, TO, CC, BCC, SUBJECT. RFC 9051 §6.4.4; RFC 3501 §6.4.4.</summary>
public abstract class SearchHeaderSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    const string Fields =
        "Received: from a.example by b.example; Thu, 29 Feb 2024 12:34:56 +0000\r\nReceived: from c.example by a.example\r\n"
        + "Date: Thu, 29 Feb 2024 12:34:56 +0000\r\nFrom: =?utf-8?q?J=C3=BCrgen_M=C3=BCller?= <jm@example.org>\r\n"
        + "To: \"Doe, John\" <john@example.net>, Friends: a@example.com, b@example.com;\r\nCc: =?iso-8859-1?q?Andr=E9?= <andre@example.fr>\r\n"
        + "Bcc: hidden@example.org\r\nSubject: About X_A and 50%\r\nMessage-ID: <Mixed.Case-1@example.org>\r\n"
        + "X-Twice: first value\r\nX-Empty:\r\nX-TWICE: second value\r\nX_A: underscore\r\nList-Id: A list <list.example.org>\r\n"
        + "X-Folded: begins\r\n here and\r\n\tends there\r\nX-Url: urn:isbn:1\r\nContent-Type: text/plain; charset=utf-8";

    [Theory]
    [InlineData("From", "jürgen MÜLLER", true)]
    [InlineData("From", "JM@EXAMPLE", true)]
    [InlineData("From", "j\u00fcrgen m\u00fcller <jm@example.org>", true)]
    [InlineData("From", "john", false)]
    [InlineData("To", "doe, john", true)]
    [InlineData("To", "john@example.net", true)]
    [InlineData("To", "b@example.com", true)]
    [InlineData("To", "friends", true)]
    [InlineData("To", "andre", false)]
    [InlineData("Cc", "andré", true)]
    [InlineData("Cc", "andre@example.fr", true)]
    [InlineData("Bcc", "hidden", true)]
    [InlineData("Subject", "about x_a", true)]
    [InlineData("Subject", "50%", true)]
    [InlineData("Subject", "x%a", false)]
    [InlineData("Message-ID", "<mixed.CASE-1@example.org>", true)]
    [InlineData("Date", "29 feb 2024", true)]
    [InlineData("X-Twice", "first", true)]
    [InlineData("X-Twice", "second", true)]
    [InlineData("x-twice", "SECOND VALUE", true)]
    [InlineData("X-Twice", "first value second", false)]
    [InlineData("Received", "c.example", true)]
    [InlineData("Received", "from a.example by b", true)]
    [InlineData("List-Id", "list.example.org", true)]
    [InlineData("X-Folded", "begins here", true)]
    [InlineData("X-Folded", "AND\tENDS", true)]
    [InlineData("X_A", "underscore", true)]
    [InlineData("X-A", "underscore", false)]
    [InlineData("Content-Type", "utf-8", true)]
    [InlineData("Reply-To", "jm@example.org", false)]
    [InlineData("Sender", "jm@example.org", false)]
    [InlineData("Subj", "about", false)]
    [InlineData("Subject ", "about", false)]
    [InlineData("Subject:", "about", false)]
    [InlineData("X-Url", "urn:isbn", true)]
    [InlineData("X-Url:urn", "isbn", false)]
    [InlineData("X-Twice:first value\nX-Empty", "", false)]
    [InlineData("%", "about", false)]
    [InlineData("_ubject", "about", false)]
    [InlineData("", "about", false)]
    public virtual async Task A_field_has_the_text_or_not(string field, string needle, bool found)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.With(Fields));
        var other = await box.AppendAsync(Mail.With("X-Unlike: any other"));

        Assert.Equal(found ? [uid] : [], await SearchAsync(box, new Header(field, needle)));
        Assert.Equal(found ? [other] : [uid, other], await SearchAsync(box, new Not(new Header(field, needle))));
    }

    /// <summary>RFC 9051 §6.4.4: a zero-length string finds all messages that have the field, whatever is in it.</summary>
    [Theory]
    [InlineData("Subject", true)]
    [InlineData("SUBJECT", true)]
    [InlineData("From", true)]
    [InlineData("Bcc", true)]
    [InlineData("X-Empty", true)]
    [InlineData("X-Twice", true)]
    [InlineData("Received", true)]
    [InlineData("Reply-To", false)]
    [InlineData("Sender", false)]
    [InlineData("X-Missing", false)]
    [InlineData("X", false)]
    [InlineData("", false)]
    public virtual async Task The_empty_text_is_in_every_field_that_is_there(string field, bool found)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.With(Fields));
        await box.AppendAsync(Mail.With("X-Unlike: any other"));

        Assert.Equal(found ? [uid] : [], await SearchAsync(box, new Header(field, "")));
    }

    [Theory]
    [InlineData("Subject:")]
    [InlineData("Subject: ")]
    [InlineData("From:")]
    [InlineData("Cc: ")]
    [InlineData("Date:")]
    [InlineData("Message-ID:")]
    public virtual async Task A_field_without_text_is_there_all_the_same(string line)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.With(line));

        Assert.Equal([uid], await SearchAsync(box, new Header(line.TrimEnd(' ', ':'), "")));
        Assert.Empty(await SearchAsync(box, new Header(line.TrimEnd(' ', ':'), "x")));
    }

    [Theory]
    [InlineData("Subject", "inner")]
    [InlineData("From", "dave")]
    [InlineData("Content-Disposition", "attachment")]
    [InlineData("Content-Description", "")]
    [InlineData("Content-Language", "de")]
    public virtual async Task Headers_of_parts_are_not_the_header(string field, string needle)
    {
        var box = await InboxAsync();
        await box.AppendAsync(NestedMessage.Octets);

        Assert.Empty(await SearchAsync(box, new Header(field, needle)));
    }

    [Fact]
    public virtual async Task Of_a_doubled_field_every_one_counts()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.With("Subject: one\r\nFrom: a@example.org\r\nSubject: two\r\nFrom: b@example.org"));

        Assert.Equal([uid], await SearchAsync(box, new Header("Subject", "one")));
        Assert.Equal([uid], await SearchAsync(box, new Header("Subject", "two")));
        Assert.Equal([uid], await SearchAsync(box, new Header("From", "a@example")));
        Assert.Equal([uid], await SearchAsync(box, new Header("From", "b@example")));
    }

    [Fact]
    public virtual async Task A_line_that_looks_like_a_field_in_the_body_is_none()
    {
        var box = await InboxAsync();
        await box.AppendAsync(Mail.With("Subject: x", "X-Body: here\r\nTo: body@example.org"));

        Assert.Empty(await SearchAsync(box, new Header("X-Body", "")));
        Assert.Empty(await SearchAsync(box, new Header("To", "body")));
    }

    [Fact]
    public virtual async Task A_header_without_a_body_is_searched()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.Text("Subject: No end of line"));

        Assert.Equal([uid], await SearchAsync(box, new Header("Subject", "end of line")));
        Assert.Equal([uid], await SearchAsync(box, new Text("no end")));
        Assert.Empty(await SearchAsync(box, new Body("end")));
    }

    [Fact]
    public virtual async Task The_thousandth_field_is_searched_too()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.With(string.Join("\r\n", Enumerable.Range(0, 1000).Select(static i => $"X-Line-{i}: value {i}."))));

        Assert.Equal([uid], await SearchAsync(box, new Header("x-line-999", "VALUE 999.")));
        Assert.Empty(await SearchAsync(box, new Header("X-Line-999", "value 998.")));
        Assert.Equal([uid], await SearchAsync(box, new Text("value 998.")));
    }
}
