using System.Text;
using Backend.Mime.Sorting;

namespace Backend.Mime.Tests;

/// <summary>RFC 5256 §2.2, §3; RFC 5957 §3.</summary>
public sealed class SortValuesTests
{
    [Theory]
    [InlineData("31 Dec 2000 16:01:33 -0800", "2001-01-01T00:01:33Z")]
    [InlineData("Mon, 1 Jan 2001 00:01:33 +0000", "2001-01-01T00:01:33Z")]
    // §2.2: a zone that is none is UTC, a time that is none is midnight.
    [InlineData("1 Jan 2001 10:20:30 nowhere", "2001-01-01T10:20:30Z")]
    [InlineData("1 Jan 2001 10:20:30", "2001-01-01T10:20:30Z")]
    [InlineData("1 Jan 2001 99:99:99 +0000", "2001-01-01T00:00:00Z")]
    [InlineData("Mon, 1 Jan 2001", "2001-01-01T00:00:00Z")]
    [InlineData("1 Jan 2001 at noon", "2001-01-01T00:00:00Z")]
    public async Task The_sent_date_is_that_of_the_date_field_in_utc(string field, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds(), (await ReadAsync($"Date: {field}")).SentDate);

    [Theory]
    [InlineData("X-Date: 1 Jan 2001")]
    [InlineData("Date: soon")]
    [InlineData("Date: 32 Jan 2001 10:00:00 +0000")]
    [InlineData("Date:")]
    public async Task Without_a_date_there_is_none(string header) => Assert.Null((await ReadAsync(header)).SentDate);

    [Fact]
    public async Task Addresses_are_their_mailbox_part_and_what_is_displayed_of_them()
    {
        var values = await ReadAsync(
            "From: =?utf-8?q?J=C3=BCrgen?= <zoe@example.org>, other@example.org",
            "To: bob@example.org (Robert)",
            "Cc: Carol <carol@example.org>");

        Assert.Equal(("ZOE", "BOB", "CAROL"), (values.From, values.To, values.Cc));
        Assert.Equal((CaseMap.Fold("Jürgen"), "ROBERT"), (values.DisplayFrom, values.DisplayTo));
    }

    [Theory]
    [InlineData("From: alice@example.org", "ALICE@EXAMPLE.ORG")]
    [InlineData("From: \"\" <alice@example.org>", "ALICE@EXAMPLE.ORG")]
    [InlineData("From: =?utf-8?q??= <alice@example.org>", "ALICE@EXAMPLE.ORG")]
    // A group's start has a mailbox part and no host.
    [InlineData("From: Friends: alice@example.org;", "FRIENDS")]
    [InlineData("Subject: x", "")]
    public async Task What_is_displayed_is_the_name_else_the_address_else_the_mailbox_part(string header, string expected) =>
        Assert.Equal(expected, (await ReadAsync(header)).DisplayFrom);

    [Fact]
    public async Task Subjects_are_decoded_before_their_base_is_extracted_and_folded_after()
    {
        var values = await ReadAsync("Subject: =?utf-8?q?Re=3A_Gr=C3=BC=C3=9Fe?=", " (fwd)");

        Assert.Equal(CaseMap.Fold("Grüße"), values.BaseSubject);
        Assert.True(values.IsReply);
    }

    /// <summary>The example of RFC 5256 §3 (THREAD), and other ways of writing one id.</summary>
    [Theory]
    [InlineData("<\"01KF8JCEOCBS0045PS\"@xxx.yyy.com>")]
    [InlineData("< 01KF8JCEOCBS0045PS @ xxx.yyy.com >")]
    [InlineData("(c) <01KF8JCEOCBS0045PS@xxx.yyy.com> (d)")]
    [InlineData("<\"01KF8\\JCEOCBS0045PS\"@xxx.yyy.com>")]
    [InlineData("<01KF8JCEOCBS0045PS(<)@xxx.yyy.com>")]
    public async Task An_id_is_the_same_however_it_is_quoted(string id) =>
        Assert.Equal((await ReadAsync("Message-ID: <01KF8JCEOCBS0045PS@xxx.yyy.com>")).MessageId, (await ReadAsync($"Message-ID: {id}")).MessageId);

    [Fact]
    public async Task Ids_differ_by_case() =>
        Assert.NotEqual((await ReadAsync("Message-ID: <a@x>")).MessageId, (await ReadAsync("Message-ID: <A@x>")).MessageId);

    [Theory]
    [InlineData("Message-ID: a@x")]
    [InlineData("Message-ID: <a>")]
    [InlineData("Message-ID: <@x>")]
    [InlineData("Message-ID: <a@>")]
    [InlineData("Message-ID: <a@x")]
    [InlineData("Message-ID: ")]
    [InlineData("Subject: <a@x>")]
    public async Task What_is_no_id_is_none(string header) => Assert.Null((await ReadAsync(header)).MessageId);

    [Fact]
    public async Task References_come_in_order_and_folded_lines_are_one()
    {
        var (a, b, c) = (await IdAsync("a@x"), await IdAsync("b@x"), await IdAsync("c@x"));

        var values = await ReadAsync("References: <a@x> junk <nothing>", "\t<b@x>,<c@x>", "In-Reply-To: <d@x>");

        Assert.Equal([a, b, c], values.References);
        Assert.Equal(a, values.ThreadRoot);
    }

    [Theory]
    [InlineData("In-Reply-To: Your message of \"Tue\" <a@x> <b@x>")]
    [InlineData("References: none at all\r\nIn-Reply-To: <a@x>")]
    [InlineData("References:\r\nIn-Reply-To: <a@x> alice@example.org")]
    public async Task Without_references_the_first_id_of_in_reply_to_is_the_only_one(string header)
    {
        var values = await ReadAsync(header, "Message-ID: <own@x>");

        Assert.Equal([await IdAsync("a@x")], values.References);
        Assert.Equal(await IdAsync("a@x"), values.ThreadRoot);
    }

    [Fact]
    public async Task The_root_of_a_message_that_refers_to_none_is_its_own_id_and_without_that_there_is_none()
    {
        Assert.Equal(await IdAsync("own@x"), (await ReadAsync("Message-ID: <own@x>")).ThreadRoot);
        Assert.Null((await ReadAsync("Subject: x")).ThreadRoot);
    }

    [Fact]
    public async Task Of_many_references_the_first_and_the_last_ones_are_kept()
    {
        var values = await ReadAsync("References: " + string.Join("\r\n ", Enumerable.Range(0, 500).Select(static i => $"<{i}@x>")));

        Assert.Equal(SortValues.MaxReferences, values.References.Length);
        Assert.Equal((await IdAsync("0@x"), await IdAsync("401@x"), await IdAsync("499@x")), (values.References[0], values.References[1], values.References[^1]));
        Assert.Equal(values.References, SortValues.Decode(SortValues.Encode(values.References)));
    }

    [Fact]
    public async Task Texts_are_cut_between_characters()
    {
        var values = await ReadAsync("Subject: x" + string.Concat(Enumerable.Repeat("😀", 2000)));

        Assert.Equal(SortValues.MaxTextLength - 1, values.BaseSubject.Length);
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(values.BaseSubject)));
    }

    [Fact]
    public void Identifiers_can_be_read_back_and_nothing_else_can()
    {
        var email = ObjectIds.Email(7, (3L << 32) | 9);
        Assert.Matches("^E[0-9a-f-]{1,254}$", email);
        Assert.True(ObjectIds.TryParseEmail(email, 7, out var content));
        Assert.Equal((3L << 32) | 9, content);
        Assert.False(ObjectIds.TryParseEmail(email, 8, out _));
        var thread = ObjectIds.Thread(long.MaxValue);
        Assert.Matches("^T[0-9a-f]{16}$", thread);
        Assert.True(ObjectIds.TryParseThread(thread, out var number));
        Assert.Equal(long.MaxValue, number);
        Assert.All(
            new[] { "", "E", "T", "T1", thread.ToUpperInvariant(), thread.ToLowerInvariant(), email, "T-00000000000001", "T 0000000000000001" },
            static id => Assert.False(ObjectIds.TryParseThread(id, out _)));
        Assert.All(
            new[] { "", "E", "E7", "E7-", "e7-300000009", "E7-0300000009", "E07-300000009", "E7-30000000G", "E7-FFFFFFFFFFFFFFFFFF", thread },
            static id => Assert.False(ObjectIds.TryParseEmail(id, 7, out _)));
    }

    [Fact]
    public void Texts_are_ordered_by_their_code_points()
    {
        string[] texts = ["", "A", "AA", "B", "\uD7FF", "\uE000", "\uFFFD", "😀", "😁", "😁A"];
        foreach (var (i, x) in texts.Index())
            foreach (var (j, y) in texts.Index())
            {
                Assert.Equal(Math.Sign(i.CompareTo(j)), Math.Sign(Order(x, y)));
                Assert.Equal(Math.Sign(Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y))), Math.Sign(Order(x, y)));
            }

        static int Order(string x, string y) => new MessageOrder([new SortCriterion(SortField.Subject)]).Compare(Message(x), Message(y));
        static SortableMessage Message(string subject) => new(
            new Uid(1),
            DateTimeOffset.UnixEpoch,
            0,
            new SortValues { BaseSubject = subject, From = "", To = "", Cc = "", DisplayFrom = "", DisplayTo = "" });
    }

    static async Task<long> IdAsync(string id) => (await ReadAsync($"Message-ID: <{id}>")).MessageId!.Value;

    static async Task<SortValues> ReadAsync(params string[] header)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\r\n", header) + "\r\n\r\nHello.\r\n"));
        var parsed = await MessageParser.ParseAsync(stream, TestContext.Current.CancellationToken);
        return SortValues.Of(parsed.Envelope, parsed.CommonHeaderFields.Span);
    }
}
