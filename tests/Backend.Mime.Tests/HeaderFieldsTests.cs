using System.Collections.Immutable;
using CsCheck;

namespace Backend.Mime.Tests;

/// <summary>HEADER.FIELDS and HEADER.FIELDS.NOT. RFC 9051 §6.4.5.1.</summary>
public sealed class HeaderFieldsTests
{
    [Theory]
    [InlineData("From: a\r\nTo: b\r\n\r\n", "from", "From: a\r\n\r\n")]
    [InlineData("From: a\r\nTo: b\r\n\r\n", "TO FROM", "From: a\r\nTo: b\r\n\r\n")]
    [InlineData("From: a\r\nTo: b\r\n\r\n", "cc", "\r\n")]
    [InlineData("", "from", "\r\n")]
    [InlineData("\r\n", "from", "\r\n")]
    [InlineData("Subject: one\r\n two\r\n\tthree\r\nTo: b\r\n\r\n", "Subject", "Subject: one\r\n two\r\n\tthree\r\n\r\n")]
    [InlineData("A: 1\r\nB: 2\r\nA: 3\r\n\r\n", "A", "A: 1\r\nA: 3\r\n\r\n")]
    [InlineData("A: 1\nB: 2\n\n", "A", "A: 1\n\r\n")]
    [InlineData("A: 1\r\nB: 2", "B", "B: 2\r\n\r\n")]
    [InlineData("A : 1\r\n\r\n", "A", "A : 1\r\n\r\n")]
    [InlineData("AA: 1\r\nA: 2\r\n\r\n", "A", "A: 2\r\n\r\n")]
    [InlineData("A:\r\n\r\n", "A", "A:\r\n\r\n")]
    [InlineData("From x Mon 12:00\r\nA: 2\r\n\r\n", "From", "\r\n")]
    [InlineData(" lead: 1\r\nA: 2\r\n\r\n", "lead A", "A: 2\r\n\r\n")]
    [InlineData("A: 1\r\n\r\nA: body\r\n", "A", "A: 1\r\n\r\n")]
    public void Fields_come_as_they_stand_with_an_empty_line(string header, string names, string expected)
        => Assert.Equal(expected, Mail.Text(HeaderFields.Select(Mail.Octets(header, asIs: true), [.. names.Split(' ')], not: false)));

    [Theory]
    [InlineData("From: a\r\nTo: b\r\n\r\n", "from", "To: b\r\n\r\n")]
    [InlineData("From x Mon 12:00\r\nA: 2\r\nno colon\r\n\r\n", "A", "From x Mon 12:00\r\nno colon\r\n\r\n")]
    [InlineData("Subject: one\r\n two\r\nTo: b\r\n\r\n", "Subject", "To: b\r\n\r\n")]
    [InlineData("A: 1\r\n", "A", "\r\n")]
    public void All_others_come_as_they_stand_with_an_empty_line(string header, string names, string expected)
        => Assert.Equal(expected, Mail.Text(HeaderFields.Select(Mail.Octets(header, asIs: true), [.. names.Split(' ')], not: true)));

    [Fact]
    public void Both_together_have_each_field_of_the_header_once()
        => Gen.Select(Headers, Names).Sample((header, names) =>
        {
            var octets = Mail.Octets(header + "\r\n", asIs: true);
            var selected = Lines(HeaderFields.Select(octets, names, not: false));
            var others = Lines(HeaderFields.Select(octets, names, not: true));
            Assert.Equal(Lines(Mail.Octets(header, asIs: true)).Order(), selected.Concat(others).Order());
            Assert.Equal(selected, Lines(HeaderFields.Select(HeaderFields.Select(octets, names, not: false), names, not: false)));
        });

    [Fact]
    public void Only_fields_that_are_all_common_are_answered_from_the_common_ones()
    {
        Assert.True(HeaderFields.CoveredByCommon(["subject", "FROM", "Message-Id", "List-Unsubscribe"]));
        Assert.False(HeaderFields.CoveredByCommon(["subject", "X-Something-Else"]));
        Assert.False(HeaderFields.CoveredByCommon(["Received"]));
    }

    [Theory]
    [InlineData("DATE FROM SENDER SUBJECT TO CC MESSAGE-ID REFERENCES CONTENT-TYPE CONTENT-DESCRIPTION IN-REPLY-TO REPLY-TO LINES LIST-POST LIST-SUBSCRIBE LIST-UNSUBSCRIBE X-LABEL X-ORIGINAL-TO")]
    [InlineData("From To Cc Bcc Subject Date Message-ID Priority X-Priority References Newsgroups In-Reply-To Content-Type Reply-To")]
    [InlineData("REFERENCES X-REF X-PRIORITY X-MSMAIL-PRIORITY X-MSOESREC NEWSGROUPS")]
    [InlineData("date subject from content-type to cc reply-to message-id references in-reply-to list-unsubscribe sender X-K9mail-Identity Chat-Version")]
    [InlineData("DATE FROM TO SUBJECT CC BCC REPLY-TO RETURN-PATH DISPOSITION-NOTIFICATION-TO MAIL-REPLY-TO MAIL-FOLLOWUP-TO IN-REPLY-TO LIST-POST CONTENT-TYPE PRIORITY X-PRIORITY X-DRAFT-INFO")]
    [InlineData("X-TUID")]
    public void What_known_clients_ask_for_is_common(string names) => Assert.True(HeaderFields.CoveredByCommon([.. names.Split(' ')]));

    [Fact]
    public async Task Common_fields_too_long_to_keep_are_not_kept_at_all()
    {
        var message = await Mail.ParseAsync($"Subject: x\nReferences:{string.Concat(Enumerable.Repeat("\n <0123456789@example.org>", 15_000))}\n\n");

        Assert.True(message.CommonHeaderFields.IsEmpty);
    }

    [Fact]
    public async Task Common_fields_stand_as_in_the_header()
    {
        var message = await Mail.ParseAsync("Received: x\nsubject : one\n two\nX-Other: 1\nTo: b");

        Assert.Equal("subject : one\r\n two\r\nTo: b\r\n\r\n", Mail.Text(message.CommonHeaderFields.Span));
    }

    static Gen<ImmutableArray<string>> Names => Gen.OneOf("A", "b", "Subject", "X-Y", "none").Array[0, 3].Select(static names => names.ToImmutableArray());

    static Gen<string> Headers => Gen.OneOf(
        "A: 1\r\n", "a: 2\r\n", "B:3\r\n", "Subject: x\r\n y\r\n", "SUBJECT:\r\n\tz\r\n", "X-Y : 4\n", "no colon\r\n", ">From x: y\r\n", "b:\n 5\n").Array[0, 12].Select(string.Concat);

    // A field with its continuations is one.
    static List<string> Lines(ReadOnlySpan<byte> octets) =>
        [.. Mail.Text(octets).Replace("\n ", "\0 ", StringComparison.Ordinal).Replace("\n\t", "\0\t", StringComparison.Ordinal).Split('\n').Where(static line => line.Trim('\r').Length > 0)];
}
