namespace Backend.Specification.Tests.Messages;

/// <summary>IMailbox.ListMessagesAsync with sections: BODY[section]&lt;partial&gt;. RFC 9051 §6.4.5, §7.5.2; RFC 3501 §6.4.5.</summary>
public abstract class SectionSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Theory]
    [MemberData(nameof(SectionCases.Present), MemberType = typeof(SectionCases))]
    public virtual async Task A_section_is_the_octets_as_they_were_appended(string section)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(NestedMessage.Octets);

        var octets = await box.SectionAsync(uid, Sections.Parse(section));

        Assert.Equal(Encoding.UTF8.GetString(NestedMessage.Part(section)), Encoding.UTF8.GetString(octets!));
    }

    /// <summary>A store may keep the fields that clients ask for apart; a header can have too many of them for that.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(20_000)]
    public virtual async Task Fields_of_a_large_header_are_all_given(int recipients)
    {
        var to = "To: " + string.Join(",\r\n ", Enumerable.Range(0, recipients).Select(static i => $"recipient{i}@example.org")) + "\r\n";
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.Text($"From: alice@example.org\r\n{to}Subject: Many\r\n\r\nHello.\r\n"));

        var octets = await box.SectionAsync(uid, Sections.Parse("HEADER.FIELDS (To Subject)"));

        Assert.Equal($"{to}Subject: Many\r\n\r\n", Encoding.UTF8.GetString(octets!));
    }

    [Theory]
    [InlineData("4")]
    [InlineData("1.1")]
    [InlineData("2.3")]
    [InlineData("2.1.1")]
    [InlineData("3.1")]
    [InlineData("100000")]
    [InlineData("1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1")]
    [InlineData("4.MIME")]
    [InlineData("2.3.MIME")]
    [InlineData("1.HEADER")]
    [InlineData("1.TEXT")]
    [InlineData("3.HEADER.FIELDS (Subject)")]
    [InlineData("2.2.HEADER")]
    public virtual async Task A_part_that_is_not_there_is_nil(string section)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(NestedMessage.Octets);

        Assert.Null(await box.SectionAsync(uid, Sections.Parse(section)));
    }

    [Theory]
    [InlineData("1", "Hello.\r\n")]
    [InlineData("TEXT", "Hello.\r\n")]
    [InlineData("2", null)]
    [InlineData("1.1", null)]
    public virtual async Task A_message_without_parts_has_its_body_as_part_1(string section, string? expected)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(Mail.Of("Single"));

        var octets = await box.SectionAsync(uid, Sections.Parse(section));

        Assert.Equal(expected, octets is null ? null : Encoding.UTF8.GetString(octets));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 10)]
    [InlineData(5, 20)]
    [InlineData(999, 1)]
    [InlineData(999, 100)]
    [InlineData(1000, 10)]
    [InlineData(1001, 10)]
    [InlineData(0, 1000)]
    [InlineData(0, 4294967295)]
    [InlineData(4294967295, 4294967295)]
    [InlineData(0, long.MaxValue)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public virtual async Task A_partial_is_cut_at_the_end(long offset, long count)
    {
        var message = Mail.OfSize(1000);
        var box = await InboxAsync();
        var uid = await box.AppendAsync(message);

        var octets = await box.SectionAsync(uid, Section.Whole, new SectionPartial(offset, count));

        var start = (int)Math.Min(offset, message.Length);
        Assert.Equal(message[start..(start + (int)Math.Min(count, message.Length - start))], octets);
    }

    [Theory]
    [InlineData("HEADER", 6, 5)]
    [InlineData("HEADER.FIELDS (Subject X-Twice)", 9, 100)]
    [InlineData("2.TEXT", 3, 40)]
    [InlineData("2.1", 6, 5)]
    [InlineData("3.MIME", 0, 12)]
    public virtual async Task A_partial_is_of_the_section(string section, int offset, int count)
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(NestedMessage.Octets);
        var whole = (await box.SectionAsync(uid, Sections.Parse(section)))!;

        var octets = await box.SectionAsync(uid, Sections.Parse(section), new SectionPartial(offset, count));

        Assert.Equal(whole.Skip(offset).Take(count), octets!);
    }

    [Fact]
    public virtual async Task A_partial_of_what_is_not_there_is_nil()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync(NestedMessage.Octets);

        Assert.Null(await box.SectionAsync(uid, Sections.Parse("7"), new SectionPartial(0, 10)));
    }

    [Fact]
    public virtual async Task A_large_message_can_be_read_in_pieces()
    {
        var message = Mail.OfSize(1_000_003);
        var box = await InboxAsync();
        var uid = await box.AppendAsync(message);

        var pieces = new List<byte[]>();
        for (var offset = 0; offset < message.Length; offset += 99_991)
            pieces.Add((await box.SectionAsync(uid, Section.Whole, new SectionPartial(offset, 99_991)))!);

        Assert.True(message.AsSpan().SequenceEqual(pieces.SelectMany(static piece => piece).ToArray()));
    }

    [Fact]
    public virtual async Task Sections_are_answered_in_the_order_asked_for()
    {
        var box = await InboxAsync();
        await box.AppendAsync(NestedMessage.Octets);
        ImmutableArray<SectionItem> items =
        [
            new(Sections.Parse("2.1")), new(Section.Whole, new SectionPartial(0, 3)), new(Sections.Parse("9")), new(Sections.Parse("HEADER")),
            new(Sections.Parse("2.1")), new(Section.Whole), new(Section.Whole, new SectionPartial(3, 3)),
        ];

        var message = Assert.Single(await box.ListAsync(UidSet.All, new FetchItems { Sections = items, Attributes = FetchAttributes.Flags }));

        Assert.Equal(items, message.Message.Sections.Select(static section => section.Item));
        Assert.Equal(NestedMessage.Part("2.1"), message.Octets[0]);
        Assert.Equal("Fro"u8, message.Octets[1]!);
        Assert.Null(message.Octets[2]);
        Assert.Equal(NestedMessage.Part("HEADER"), message.Octets[3]);
        Assert.Equal(NestedMessage.Part("2.1"), message.Octets[4]);
        Assert.Equal(NestedMessage.Octets, message.Octets[5]);
        Assert.Equal("m: "u8, message.Octets[6]!);
    }

    [Fact]
    public virtual async Task The_length_is_known_before_the_octets_are_read()
    {
        var box = await InboxAsync();
        await box.AppendAsync(Mail.OfSize(600_000));
        var items = new FetchItems { Sections = [new SectionItem(Section.Whole), new SectionItem(Sections.Parse("TEXT"), new SectionPartial(10, 500_000))] };

        await foreach (var message in box.ListMessagesAsync(UidSet.All, items, Token))
        {
            Assert.Equal([600_000, 500_000], message.Sections.Select(static section => section.Content!.Length));
            foreach (var section in message.Sections)
            {
                using var copy = new MemoryStream();
                await section.Content!.CopyToAsync(copy, Token);
                Assert.Equal(section.Content.Length, copy.Length);
            }
        }
    }

    /// <summary>A client may ask for BODY[] and take its time: another message's octets must not depend on it.</summary>
    [Fact]
    public virtual async Task Octets_that_are_not_read_are_no_hindrance()
    {
        var box = await InboxAsync();
        await box.AppendManyAsync(5);
        var count = 0;

        await foreach (var message in box.ListMessagesAsync(UidSet.All, FetchItems.WholeBody, Token))
            count += message.Sections.Length;

        Assert.Equal(5, count);
    }

    [Fact]
    public virtual async Task Header_and_text_of_any_message_are_the_whole()
    {
        var box = await InboxAsync();
        foreach (var latin1 in OddMessages.AsLatin1)
        {
            var uid = await box.AppendAsync(Encoding.Latin1.GetBytes(latin1));
            var header = (await box.SectionAsync(uid, Sections.Parse("HEADER")))!;
            var text = (await box.SectionAsync(uid, Sections.Parse("TEXT")))!;
            Assert.Equal(latin1.Data, Encoding.Latin1.GetString([.. header, .. text]));
        }
    }
}
