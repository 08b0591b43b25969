namespace Backend.Specification.Tests.Messages;

/// <summary>IMailbox.ListMessagesAsync: which messages, in which order, with which items. RFC 9051 §6.4.5, §6.4.9, §7.5.2; RFC 3501 §6.4.5.</summary>
public abstract class ListMessagesSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    const FetchAttributes EveryAttribute = FetchAttributes.Flags | FetchAttributes.InternalDate | FetchAttributes.Size
        | FetchAttributes.Envelope | FetchAttributes.BodyStructure | FetchAttributes.ModSeq;

    [Theory]
    [InlineData(FetchAttributes.None)]
    [InlineData(FetchAttributes.Flags)]
    [InlineData(FetchAttributes.InternalDate)]
    [InlineData(FetchAttributes.Size)]
    [InlineData(FetchAttributes.Envelope)]
    [InlineData(FetchAttributes.BodyStructure)]
    [InlineData(FetchAttributes.ModSeq)]
    [InlineData(FetchAttributes.Flags | FetchAttributes.Envelope)]
    [InlineData(EveryAttribute)]
    public virtual async Task Only_what_was_asked_for_is_told_besides_the_uid(FetchAttributes attributes)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync();

        var message = (await box.FetchAsync(uid, attributes)).Message;

        Assert.Equal(uid, message.Uid);
        Assert.Null(message.SequenceNumber);
        Assert.Empty(message.Sections);
        Assert.Equal(attributes.HasFlag(FetchAttributes.Flags), message.Flags is not null);
        Assert.Equal(attributes.HasFlag(FetchAttributes.InternalDate), message.InternalDate is not null);
        Assert.Equal(attributes.HasFlag(FetchAttributes.Size), message.Size is not null);
        Assert.Equal(attributes.HasFlag(FetchAttributes.Envelope), message.Envelope is not null);
        Assert.Equal(attributes.HasFlag(FetchAttributes.BodyStructure), message.BodyStructure is not null);
        Assert.Equal(attributes.HasFlag(FetchAttributes.ModSeq), message.ModSeq is not null);
    }

    /// <summary>Of five messages, UIDs 2 and 4 of seven having been expunged, the n-th; UIDs are written as positions among the seven.</summary>
    [Theory]
    [InlineData("1", "1")]
    [InlineData("2", "")]
    [InlineData("1:7", "1 3 5 6 7")]
    [InlineData("1:*", "1 3 5 6 7")]
    [InlineData("*", "7")]
    [InlineData("*:1", "1 3 5 6 7")]
    [InlineData("7:5", "5 6 7")]
    [InlineData("6,1,3", "1 3 6")]
    [InlineData("1,1,1:3,2:3", "1 3")]
    [InlineData("3:6,5:7", "3 5 6 7")]
    [InlineData("2,4", "")]
    [InlineData("6:*", "6 7")]
    [InlineData("5,*", "5 7")]
    public virtual async Task Uids_name_what_is_there(string set, string expected)
    {
        var (box, uids) = await SevenWithoutTwoAsync();

        var listed = await box.ListAsync(UidSet.FromRanges(UidSet.Parse(set).Ranges.Select(ToUids)), FetchItems.UidOnly);

        Assert.Equal(expected, string.Join(' ', listed.Select(message => Array.IndexOf(uids, message.Uid) + 1)));
        Assert.All(listed, static message => Assert.Null(message.Message.SequenceNumber));

        NumberRange ToUids(NumberRange range) => new(ToUid(range.First), ToUid(range.Last));

        uint ToUid(uint position) => position == NumberRange.Star ? NumberRange.Star : uids[position - 1].Value;
    }

    /// <summary>RFC 9051 §9: <c>*</c> names the highest UID, so <c>n:*</c> always names it, also from above. PITFALLS 2, item 6.</summary>
    [Theory]
    [InlineData("4294967295", false)]
    [InlineData("4000000000:4294967295", false)]
    [InlineData("4294967295:*", true)]
    [InlineData("*:4294967295", true)]
    [InlineData("*:*", true)]
    public virtual async Task Uids_out_of_range_name_nothing_but_a_star_names_the_last(string set, bool last)
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(3);

        Assert.Equal(last ? [uids[2]] : [], await box.UidsAsync(UidSet.Parse(set)));
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("2", "2")]
    [InlineData("1:5", "1 2 3 4 5")]
    [InlineData("1:*", "1 2 3 4 5")]
    [InlineData("*", "5")]
    [InlineData("*:4", "4 5")]
    [InlineData("4:2", "2 3 4")]
    [InlineData("5,1,3", "1 3 5")]
    [InlineData("1,1,1:2,2:2", "1 2")]
    [InlineData("2:4,3:5", "2 3 4 5")]
    [InlineData("5:*", "5")]
    public virtual async Task Sequence_numbers_count_what_is_there(string set, string expected)
    {
        var (box, uids) = await SevenWithoutTwoAsync();
        Uid[] left = [uids[0], uids[2], uids[4], uids[5], uids[6]];

        var listed = await box.ListAsync(SequenceSet.Parse(set), FetchItems.UidOnly);

        Assert.Equal(expected, string.Join(' ', listed.Select(static message => message.Message.SequenceNumber!.Value.Value)));
        Assert.All(listed, message => Assert.Equal(left[message.Message.SequenceNumber!.Value.Value - 1], message.Uid));
    }

    [Theory]
    [InlineData("4")]
    [InlineData("1,4")]
    [InlineData("3:4")]
    [InlineData("4294967295")]
    [InlineData("1:4294967295")]
    public virtual async Task A_sequence_number_above_the_messages_is_an_error(string set)
    {
        var box = await InboxAsync();
        await box.AppendManyAsync(3);

        await RefusedAsync(BackendError.InvalidSequenceNumber, () => box.UidsAsync(SequenceSet.Parse(set)));
    }

    /// <summary>A client that opens an empty mailbox asks for 1:* all the same (MailKit#572).</summary>
    [Theory]
    [InlineData("*")]
    [InlineData("1:*")]
    [InlineData("*:1")]
    [InlineData("*:*")]
    public virtual async Task A_star_in_an_empty_mailbox_names_nothing(string set)
    {
        var box = await InboxAsync();

        Assert.Empty(await box.UidsAsync(SequenceSet.Parse(set)));
        Assert.Empty(await box.UidsAsync(UidSet.Parse(set)));
    }

    [Fact]
    public virtual async Task Only_what_the_set_names_is_listed_however_its_ranges_lie()
    {
        var box = await User.CreateAsync("a");
        var first = await box.AppendAsync("First");
        for (var i = 0; i < 12; i++)
            await box.CopyAsync(UidSet.All, "a");
        await box.DiscardAsync(first);
        var uids = await box.UidsAsync();
        // Every other one, then one in a hundred, then a stretch, then the last.
        Uid[] wanted = [.. uids.Where(static (_, i) => i < 2500 ? i % 2 == 1 : i < 3500 ? i % 100 == 7 : i is (>= 3600 and < 3900) or 4094)];
        var set = UidSet.From(wanted.Prepend(first));

        Assert.Equal(wanted, await box.UidsAsync(set));
        Assert.Equal(wanted, (await box.ListAsync(set, FetchAttributes.Envelope)).Select(static message => message.Uid));
        Assert.Equal(wanted, (await box.ListAsync(set, FetchItems.WholeBody)).Select(static message => message.Uid));
    }

    [Fact]
    public virtual async Task A_number_in_an_empty_mailbox_is_an_error_and_a_uid_is_not()
    {
        var box = await InboxAsync();

        await RefusedAsync(BackendError.InvalidSequenceNumber, () => box.UidsAsync(SequenceSet.Parse("1")));
        Assert.Empty(await box.UidsAsync(UidSet.Parse("1:4294967295")));
    }

    [Fact]
    public virtual async Task An_empty_set_names_nothing()
    {
        var box = await InboxAsync();
        await box.AppendAsync();

        Assert.Empty(await box.UidsAsync(UidSet.Empty));
        Assert.Empty(await box.UidsAsync(SequenceSet.Empty));
    }

    [Fact]
    public virtual async Task Sequence_numbers_move_up_when_a_message_before_goes()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(4);
        await box.DiscardAsync(uids[0]);

        Assert.Equal([uids[1]], await box.UidsAsync(SequenceSet.Parse("1")));
        await RefusedAsync(BackendError.InvalidSequenceNumber, () => box.UidsAsync(SequenceSet.Parse("4")));
    }

    [Fact]
    public virtual async Task A_set_of_many_single_uids_is_taken()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();
        for (var i = 0; i < 11; i++)
            await box.CopyAsync(UidSet.All, "a");
        Uid[] odd = [.. (await box.UidsAsync()).Where(static (_, i) => i % 2 == 1)];

        Assert.Equal(odd, await box.UidsAsync(UidSet.From(odd)));
        Assert.Equal(odd, await box.UidsAsync(SequenceSet.Parse(string.Join(',', Enumerable.Range(1, 1024).Select(static i => 2 * i)))));
    }

    [Fact]
    public virtual async Task Every_message_has_its_own_values()
    {
        var box = await InboxAsync();
        var first = await box.CreateMessageAsync(
            Mail.Of("First"),
            new AppendOptions { Flags = FlagSet.Of(Flag.Seen), InternalDate = new DateTimeOffset(2001, 1, 1, 1, 1, 1, TimeSpan.FromHours(1)) });
        var second = await box.CreateMessageAsync(
            Mail.OfSize(999),
            new AppendOptions { Flags = FlagSet.Of(Flag.Draft), InternalDate = new DateTimeOffset(2002, 2, 2, 2, 2, 2, TimeSpan.FromHours(-2)) });

        var listed = await box.ListAsync(UidSet.All, EveryAttribute);

        Assert.Equal([first.Uid, second.Uid], listed.Select(static message => message.Uid));
        Assert.Equal([FlagSet.Of(Flag.Seen), FlagSet.Of(Flag.Draft)], listed.Select(static message => message.Flags!.WithoutRecent()));
        Assert.Equal([Mail.Of("First").Length, 999], listed.Select(static message => message.Size!.Value));
        Assert.Equal(["First", "Large"], listed.Select(static message => message.Message.Envelope!.Fields.Subject));
        Assert.Equal([1, -2], listed.Select(static message => message.InternalDate!.Value.Offset.Hours));
        Assert.True(listed[0].ModSeq < listed[1].ModSeq);
    }

    [Fact]
    public virtual async Task The_envelope_has_every_field()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.With(
            "Date: Thu, 29 Feb 2024 12:34:56 +0100\r\nFrom: =?utf-8?q?J=C3=BCrgen?= <j@example.org>\r\nSender: s@example.org\r\nReply-To: r@example.org\r\n"
            + "To: Bob <bob@example.org>, carol@example.net\r\nCc: c@example.org\r\nBcc: b@example.org\r\nIn-Reply-To: <0@example.org>\r\n"
            + "Message-ID: <1@example.org>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\tand more"));

        var fields = (await box.FetchAsync(uid, FetchAttributes.Envelope)).Message.Envelope!.Fields;

        Assert.Equal("Thu, 29 Feb 2024 12:34:56 +0100", fields.Date);
        Assert.Equal("=?utf-8?q?Gr=C3=BC=C3=9Fe?=\tand more", fields.Subject);
        Assert.Equal([new Address("=?utf-8?q?J=C3=BCrgen?=", null, "j", "example.org")], fields.From);
        Assert.Equal([new Address(null, null, "s", "example.org")], fields.Sender);
        Assert.Equal([new Address(null, null, "r", "example.org")], fields.ReplyTo);
        Assert.Equal([new Address("Bob", null, "bob", "example.org"), new Address(null, null, "carol", "example.net")], fields.To);
        Assert.Equal([new Address(null, null, "c", "example.org")], fields.Cc);
        Assert.Equal([new Address(null, null, "b", "example.org")], fields.Bcc);
        Assert.Equal(("<0@example.org>", "<1@example.org>"), (fields.InReplyTo, fields.MessageId));
    }

    /// <summary>RFC 9051 §7.5.2: an absent Sender or Reply-To is that of From.</summary>
    [Fact]
    public virtual async Task The_envelope_of_a_bare_message_has_no_field_but_what_follows_from_from()
    {
        var box = await InboxAsync();
        var (with, without) = (await box.AppendAsync(Mail.With("From: a@example.org")), await box.AppendAsync(Mail.With("X-Nothing: here")));

        var (from, bare) = ((await box.FetchAsync(with, FetchAttributes.Envelope)).Message.Envelope!.Fields, (await box.FetchAsync(without, FetchAttributes.Envelope)).Message.Envelope!.Fields);

        Assert.Equal(from.From, from.Sender);
        Assert.Equal(from.From, from.ReplyTo);
        Assert.Equal((null, null, null, null), (bare.Date, bare.Subject, bare.InReplyTo, bare.MessageId));
        Assert.All([bare.From, bare.Sender, bare.ReplyTo, bare.To, bare.Cc, bare.Bcc], static addresses => Assert.Empty(addresses));
    }

    [Fact]
    public virtual async Task The_body_structure_has_every_part()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(NestedMessage.Octets);

        var root = Assert.IsType<BodyPart.Multipart>((await box.FetchAsync(uid, FetchAttributes.BodyStructure)).Message.BodyStructure!.Root);

        Assert.Equal(("mixed", 3), (root.Subtype.ToLowerInvariant(), root.Parts.Length));
        var text = Assert.IsType<BodyPart.Text>(root.Parts[0]);
        Assert.Equal((NestedMessage.Part("1").Length, 2), (text.Size, text.Lines));
        var message = Assert.IsType<BodyPart.Message>(root.Parts[1]);
        Assert.Equal("Inner", message.Envelope.Subject);
        Assert.Equal(2, Assert.IsType<BodyPart.Multipart>(message.Body).Parts.Length);
        var image = Assert.IsType<BodyPart.Basic>(root.Parts[2]);
        Assert.Equal(("image", "png", "base64"), (image.MediaType.ToLowerInvariant(), image.Subtype.ToLowerInvariant(), image.Encoding.ToLowerInvariant()));
        Assert.Equal("attachment", image.Disposition!.Type.ToLowerInvariant());
    }

    [Fact]
    public virtual async Task Listing_changes_nothing()
    {
        var box = await InboxAsync();
        await box.AppendAsync();
        await box.SelectAsync();
        var before = await Snapshot.OfAsync(box);

        await box.ListAsync(UidSet.All, new FetchItems { Attributes = EveryAttribute, Sections = [new SectionItem(Section.Whole), new SectionItem(Sections.Parse("1"))] });

        Assert.Equal(before, await Snapshot.OfAsync(box));
    }

    [Fact]
    public virtual async Task Several_listings_run_at_once()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(30);

        var listed = await AtOnceAsync(8, async (user, _) => await (await user.OpenAsync("INBOX")).ListAsync(UidSet.All, FetchItems.WholeBody));

        Assert.All(listed, messages => Assert.Equal(uids, messages.Select(static message => message.Uid)));
    }

    [Fact]
    public virtual async Task A_listing_can_be_left_in_the_middle()
    {
        var box = await InboxAsync();
        await box.AppendManyAsync(10);

        await foreach (var message in box.ListMessagesAsync(UidSet.All, FetchItems.WholeBody, Token))
            if (message.Uid >= new Uid(3))
                break;

        await box.AppendAsync();
        Assert.Equal(11, (await box.UidsAsync()).Length);
    }

    /// <summary>RFC 2180 §4.1: what is expunged meanwhile is left out or still whole, or its octets say so; never anything else.</summary>
    [Fact]
    public virtual async Task Messages_expunged_during_a_listing_are_left_out_or_whole()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(40);
        var seen = new List<Uid>();

        await foreach (var message in box.ListMessagesAsync(UidSet.All, FetchItems.WholeBody, Token))
        {
            if (seen.Count == 0)
                await (await OpenElsewhereAsync("INBOX")).DiscardAsync(uids[1..]);
            seen.Add(message.Uid);
            try
            {
                Assert.Equal(Mail.Of($"Message {Array.IndexOf(uids, message.Uid) + 1}"), await message.Sections[0].Content!.ToArrayAsync(Token));
            }
            catch (BackendException gone) when (gone.Error == BackendError.Expunged)
            {
                Assert.NotEqual(uids[0], message.Uid);
            }
        }

        Assert.Equal(seen.Distinct().Order(), seen);
        Assert.Equal(uids[0], seen[0]);
        Assert.Equal([uids[0]], await box.UidsAsync());
    }

    async Task<(IMailbox Box, Uid[] Uids)> SevenWithoutTwoAsync()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(7);
        await box.DiscardAsync(uids[1], uids[3]);
        return (box, uids);
    }
}
