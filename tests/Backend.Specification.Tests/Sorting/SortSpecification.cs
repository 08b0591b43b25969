namespace Backend.Specification.Tests.Sorting;

/// <summary>ISortMailbox.SortMessagesAsync. RFC 5256 §2-3 (SORT); RFC 5957.</summary>
public abstract class SortSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task Messages_are_sorted_by_arrival()
    {
        var box = await InboxAsync();
        var start = new DateTimeOffset(2001, 1, 1, 12, 0, 0, TimeSpan.Zero);
        var uids = new List<Uid>();
        // The last two are at one moment, whatever their zones say.
        foreach (var date in new[] { start.AddHours(2), start, start.AddHours(1), new DateTimeOffset(2001, 1, 1, 20, 0, 0, TimeSpan.FromHours(8)) })
            uids.Add((await box.CreateMessageAsync(Mail.Of("x"), new AppendOptions { InternalDate = date })).Uid);

        Assert.Equal([uids[1], uids[3], uids[2], uids[0]], await box.SortAsync(SortField.Arrival));
        Assert.Equal([uids[0], uids[2], uids[1], uids[3]], await box.SortAsync(new SortCriterion(SortField.Arrival, Reverse: true)));
    }

    [Fact]
    public virtual async Task Messages_are_sorted_by_sent_date_in_utc_and_by_arrival_where_there_is_none()
    {
        var box = await InboxAsync();
        var early = await AppendAsync(box, "Date: 31 Dec 2000 23:59:59 +0000");
        var late = await AppendAsync(box, "Date: 31 Dec 2000 16:01:33 -0800");
        var between = (await box.CreateMessageAsync(Mail.With("Date: nonsense"), new AppendOptions { InternalDate = new DateTimeOffset(2001, 1, 1, 0, 0, 30, TimeSpan.Zero) })).Uid;
        var midnight = await AppendAsync(box, "Date: Mon, 1 Jan 2001 at dawn");

        Assert.Equal([early, midnight, between, late], await box.SortAsync(SortField.Date));
        Assert.Equal([late, between, midnight, early], await box.SortAsync(new SortCriterion(SortField.Date, Reverse: true)));
    }

    [Fact]
    public virtual async Task Messages_are_sorted_by_size()
    {
        var box = await InboxAsync();
        var (large, small, middle) = (await box.AppendAsync(Mail.OfSize(300_000)), await box.AppendAsync(Mail.OfSize(100)), await box.AppendAsync(Mail.OfSize(3000)));

        Assert.Equal([small, middle, large], await box.SortAsync(SortField.Size));
        Assert.Equal([large, middle, small], await box.SortAsync(new SortCriterion(SortField.Size, Reverse: true)));
    }

    [Fact]
    public virtual async Task Messages_are_sorted_by_base_subject()
    {
        var box = await InboxAsync();
        var uids = new List<Uid>();
        foreach (var subject in new[] { "Re: banana", "apple", "[list] Cherry (fwd)", "", "=?utf-8?q?Fwd=3A_APPLE?=", "[fwd: banana]" })
            uids.Add(await AppendAsync(box, $"Subject: {subject}"));
        uids.Add(await AppendAsync(box, "X: y"));

        Assert.Equal([uids[3], uids[6], uids[1], uids[4], uids[0], uids[5], uids[2]], await box.SortAsync(SortField.Subject));
        Assert.Equal([uids[2], uids[0], uids[5], uids[1], uids[4], uids[3], uids[6]], await box.SortAsync(new SortCriterion(SortField.Subject, Reverse: true)));
    }

    [Fact]
    public virtual async Task Messages_are_sorted_by_the_mailbox_part_of_the_first_address()
    {
        var box = await InboxAsync();
        var c = await AppendAsync(box, "From: Anna <carol@a.org>\r\nTo: x@z, a@z\r\nCc: m@x");
        var a = await AppendAsync(box, "From: Zoe <alice@z.org>, zz@z.org\r\nTo: Y@z\r\nCc: N@x");
        var b = await AppendAsync(box, "From: BOB@m.org\r\nTo: z@z\r\nCc: l@x");
        var none = await AppendAsync(box, "Subject: x");

        Assert.Equal([none, a, b, c], await box.SortAsync(SortField.From));
        Assert.Equal([none, c, a, b], await box.SortAsync(SortField.To));
        Assert.Equal([none, b, c, a], await box.SortAsync(SortField.Cc));
        Assert.Equal([c, b, a, none], await box.SortAsync(new SortCriterion(SortField.From, Reverse: true)));
    }

    [Fact]
    public virtual async Task Messages_are_sorted_by_what_is_displayed_of_the_first_address()
    {
        var box = await InboxAsync();
        var m = await AppendAsync(box, "From: mike@a.org\r\nTo: =?utf-8?q?=C3=84nne?= <z@z>");
        var z = await AppendAsync(box, "From: =?utf-8?q?zoe?= <alice@z.org>\r\nTo: annf <z@z>");
        var a = await AppendAsync(box, "From: \"Anna\" <zz@z.org>\r\nTo: Anna <z@z>");
        var none = await AppendAsync(box, "Subject: x\r\nTo: undisclosed-recipients:;");

        Assert.Equal([none, a, m, z], await box.SortAsync(SortField.DisplayFrom));
        // A letter with a mark is the letter and the mark, which is behind all letters. RFC 5051 §2.
        Assert.Equal([a, z, m, none], await box.SortAsync(SortField.DisplayTo));
    }

    [Fact]
    public virtual async Task Texts_are_compared_by_code_points_after_folding()
    {
        var box = await InboxAsync();
        string[] ordered = ["A1", "a2", "Z", "[", "é", "z\u0300", "ß", "Я", "日本", "\uFB01", "\uE000", "\U0001F600", "\U0001F601"];
        var folded = ordered.OrderBy(static text => Convert.ToHexString(Encoding.UTF8.GetBytes(Backend.Mime.CaseMap.Fold(text))), StringComparer.Ordinal).ToArray();
        var uids = new Dictionary<string, Uid>();
        foreach (var text in ordered.Reverse())
            uids.Add(text, await AppendAsync(box, $"Subject: {text}\r\nFrom: {text} <a@x>"));

        Assert.Equal(folded.Select(text => uids[text]), await box.SortAsync(SortField.Subject));
        Assert.Equal(folded.Select(text => uids[text]), await box.SortAsync(SortField.DisplayFrom));
    }

    [Fact]
    public virtual async Task Messages_that_are_equal_by_one_criterion_are_sorted_by_the_next_and_then_as_they_stand()
    {
        var box = await InboxAsync();
        var uids = new List<Uid>();
        foreach (var (subject, from) in new[] { ("b", "x"), ("a", "y"), ("b", "w"), ("a", "x"), ("a", "y") })
            uids.Add(await AppendAsync(box, $"Subject: {subject}\r\nFrom: {from}@example.org"));

        Assert.Equal([uids[3], uids[1], uids[4], uids[2], uids[0]], await box.SortAsync(SortField.Subject, SortField.From));
        Assert.Equal([uids[2], uids[0], uids[3], uids[1], uids[4]], await box.SortAsync(new SortCriterion(SortField.Subject, Reverse: true), new SortCriterion(SortField.From)));
        Assert.Equal([uids[1], uids[4], uids[3], uids[0], uids[2]], await box.SortAsync(new SortCriterion(SortField.Subject), new SortCriterion(SortField.From, Reverse: true)));
        // The order of the mailbox is not turned, and the same criterion again says nothing.
        Assert.Equal([uids[1], uids[3], uids[4], uids[0], uids[2]], await box.SortAsync(new SortCriterion(SortField.Subject), new SortCriterion(SortField.Subject, Reverse: true)));
        Assert.Equal(uids, await box.SortAsync());
    }

    [Fact]
    public virtual async Task Only_what_matches_is_sorted()
    {
        var box = await InboxAsync();
        var uids = new List<Uid>();
        for (var i = 0; i < 40; i++)
            uids.Add(await box.AppendAsync($"{(char)('z' - (i % 20))} {(i % 3 == 0 ? "apple" : "pear")}", i % 2 == 0 ? [Flag.Seen] : []));
        var other = await User.CreateAsync("other");
        await other.AppendAsync("apple");

        var apples = uids.Where(static (_, i) => i % 3 == 0).Reverse().OrderBy(uid => 'z' - (uids.IndexOf(uid) % 20)).ThenBy(static uid => uid).ToArray();
        Assert.Equal(apples, await box.SortAsync(new SearchKey.Header("Subject", "APPLE"), SortField.Subject));
        Assert.Equal([uids[3], uids[2]], await box.SortAsync(new SearchKey.Sequence(SequenceSet.Parse("3:4")), SortField.Subject));
        Assert.Equal([uids[39]], await box.SortAsync(new SearchKey.Uids(UidSet.Parse("*")), SortField.Size));
        // Few of many, and nearly all.
        Assert.Equal([uids[38], uids[0]], await box.SortAsync(new SearchKey.Uids(UidSet.From([uids[0], uids[38]])), SortField.Subject));
        Assert.Equal(39, (await box.SortAsync(new SearchKey.Not(new SearchKey.Uids(UidSet.Of(uids[20]))), SortField.Date)).Length);
        // What only the message itself can say: a field that is not kept ready.
        Assert.Equal([uids[0]], (await box.SortAsync(new SearchKey.Header("Message-ID", Convert.ToHexString(Encoding.UTF8.GetBytes("z apple"))), SortField.Subject))[..1]);
        Assert.Empty(await box.SortAsync(new SearchKey.Body("not in mailbox"), SortField.Subject));
        Assert.Empty(await (await User.CreateAsync("empty")).SortAsync(SortField.Subject));
    }

    [Fact]
    public virtual async Task Copies_and_moved_messages_are_sorted_as_they_were()
    {
        var box = await InboxAsync();
        foreach (var subject in new[] { "c", "a", "b" })
            await box.AppendAsync(subject);
        var other = await User.CreateAsync("other");
        await box.CopyAsync(UidSet.All, "other");
        await box.MoveAsync(SequenceSet.Parse("1:2"), "other");

        Assert.Equal([2, 5, 3, 1, 4], (await other.SortAsync(SortField.Subject)).Select(static uid => (int)uid.Value));
        Assert.Equal([3], (await box.SortAsync(SortField.Subject)).Select(static uid => (int)uid.Value));
    }

    /// <summary>Mail that was in the store before it could sort is sorted as any other.</summary>
    [Fact]
    public virtual async Task Mail_from_before_is_sorted_too()
    {
        var box = await InboxAsync();
        var uids = new List<Uid>();
        foreach (var subject in new[] { "c", "Re: a", "b" })
            uids.Add(await AppendAsync(box, $"Subject: {subject}\r\nFrom: \"{subject}\" <x@example.org>\r\nReferences: <r@x>"));
        await box.CopyAsync(UidSet.Of(uids[0]), "INBOX");
        await Fixture.ForgetSortsAsync(Token);
        uids.Add(await AppendAsync(box, "Subject: aa"));

        Assert.Equal([uids[1].Value, uids[3].Value, uids[2].Value, uids[0].Value, uids[2].Value + 1], (await box.SortAsync(SortField.Subject)).Select(static uid => uid.Value));
        await Fixture.ForgetSortsAsync(Token);
        // Whoever looks at nothing of it need not wait, nor may who only reads.
        Assert.Equal(5, (await box.SortAsync(SortField.Arrival)).Length);
        var reader = await OpenElsewhereAsync("INBOX");
        await reader.ExamineAsync();
        Assert.Equal(uids[3], (await reader.SortAsync(SortField.DisplayFrom))[0]);
    }

    [Fact]
    public virtual async Task Several_at_once_sort_mail_from_before()
    {
        var box = await InboxAsync();
        for (var i = 0; i < 30; i++)
            await box.AppendAsync($"{(char)('z' - (i % 26))}");
        var expected = await box.SortAsync(SortField.Subject);
        await Fixture.ForgetSortsAsync(Token);

        var sorted = await AtOnceAsync(4, async (user, _) => await (await user.OpenAsync("INBOX")).SortAsync(SortField.Subject));

        Assert.All(sorted, each => Assert.Equal(expected, each));
    }

    [Fact]
    public virtual async Task A_search_that_is_nested_too_deep_is_refused()
    {
        var box = await InboxAsync();
        SearchKey key = new SearchKey.All();
        for (var i = 0; i < SearchCriteria.MaxDepth; i++)
            key = new SearchKey.Not(key);

        await RefusedAsync(BackendError.Limit, () => box.SortAsync(key, SortField.Subject));
        await RefusedAsync(BackendError.InvalidSequenceNumber, () => box.SortAsync(new SearchKey.Sequence(SequenceSet.Parse("1")), SortField.Subject));
        await User.CreateAsync("gone");
        var gone = await User.OpenAsync("gone");
        await User.DeleteAsync("gone");
        await RefusedAsync(BackendError.NoSuchMailbox, () => gone.SortAsync(SortField.Subject));
    }

    /// <summary>Random headers, sorted as the reference does it.</summary>
    [Fact]
    public virtual async Task Any_mail_is_sorted_as_by_the_order_of_messages()
    {
        var box = await InboxAsync();
        var random = new Random(5256);
        string[] subjects = ["", "Re: a", "[x] a", "b (fwd)", "B", "ä", "😀", "\uE000", "[x]"];
        string[] addresses = ["", "a@x", "A <b@y>", "ä <a@x>", "G: z@z;", "=?utf-8?q?B?= <a@x>", "\uE000 <a@x>", "😀 <b@x>"];
        for (var i = 0; i < 60; i++)
        {
            var header = $"Subject: {Any(subjects)}\r\nFrom: {Any(addresses)}\r\nTo: {Any(addresses)}\r\nCc: {Any(addresses)}\r\nDate: {Any(["", "1 Jan 2001 10:00:00 +0000", "1 Jan 2001 11:00:00 +0200", "1 Jan 2001"])}";
            await box.CreateMessageAsync(Mail.With(header, Any(["x", "xyz"])), new AppendOptions { InternalDate = new DateTimeOffset(2001, 1, 1, random.Next(8, 12), 0, 0, TimeSpan.Zero) });
        }

        var messages = new List<Backend.Mime.Sorting.SortableMessage>();
        foreach (var message in await box.ListAsync(UidSet.All, FetchAttributes.Envelope | FetchAttributes.InternalDate | FetchAttributes.Size))
            messages.Add(new(message.Uid, message.InternalDate!.Value, message.Size!.Value, Backend.Mime.Sorting.SortValues.Of(message.Envelope!, default)));

        for (var i = 0; i < 40; i++)
        {
            var order = Enumerable.Range(0, random.Next(1, 5)).Select(_ => new SortCriterion((SortField)random.Next(9), random.Next(2) == 0)).ToArray();
            Assert.Equal(messages.Order(new Backend.Mime.Sorting.MessageOrder([.. order])).Select(static message => message.Uid), await box.SortAsync(order));
        }

        string Any(string[] of) => of[random.Next(of.Length)];
    }

    static Task<Uid> AppendAsync(IMailbox box, string header) => box.AppendAsync(Mail.With(header));
}
