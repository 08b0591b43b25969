namespace Backend.Specification.Tests.Corpus;

/// <summary>
/// Every odd and malformed mail of the corpus goes in and comes out the same. DESIGN 7, item 6; RFC 9051 §6.4.5, §7.5.2.
/// </summary>
public abstract class CorpusSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task Every_mail_comes_back_octet_for_octet()
    {
        var mails = Mails();
        var box = await InboxAsync();
        foreach (var (_, octets) in mails)
            await box.AppendAsync(octets);

        var i = 0;
        foreach (var message in await box.ListAsync(UidSet.All, new FetchItems { Attributes = FetchAttributes.Size, Sections = [new SectionItem(Section.Whole)] }))
        {
            Assert.True(mails[i].Octets.AsSpan().SequenceEqual(message.Octets[0]), $"{mails[i].Name} came back otherwise");
            Assert.Equal(mails[i].Octets.Length, message.Size);
            i++;
        }

        Assert.Equal(mails.Count, i);
    }

    [Fact]
    public virtual async Task Header_and_text_are_the_whole_and_partials_its_pieces()
    {
        var box = await InboxAsync();
        foreach (var (name, octets) in Mails())
        {
            var uid = await box.AppendAsync(octets);
            var half = octets.Length / 2;
            var message = Assert.Single(await box.ListAsync(UidSet.Of(uid), new FetchItems
            {
                Sections =
                [
                    new(Sections.Parse("HEADER")), new(Sections.Parse("TEXT")),
                    new(Section.Whole, new SectionPartial(0, Math.Max(half, 1))), new(Section.Whole, new SectionPartial(Math.Max(half, 1), octets.Length + 1)),
                    new(Sections.Parse("HEADER.FIELDS.NOT (X-No-Such-Field)")),
                ],
            }));
            Assert.True(octets.AsSpan().SequenceEqual([.. message.Octets[0]!, .. message.Octets[1]!]), $"HEADER and TEXT of {name} are not the whole");
            Assert.True(octets.AsSpan().SequenceEqual([.. message.Octets[2]!, .. message.Octets[3]!]), $"The halves of {name} are not the whole");
            Assert.NotNull(message.Octets[4]);
        }
    }

    /// <summary>What BODYSTRUCTURE says of a part's size, the section of the part has.</summary>
    [Fact]
    public virtual async Task Every_part_has_the_size_that_the_structure_tells()
    {
        var box = await InboxAsync();
        foreach (var (name, octets) in Mails())
        {
            var uid = await box.AppendAsync(octets);
            var structure = (await box.FetchAsync(uid, FetchAttributes.BodyStructure)).Message.BodyStructure!.Root;
            foreach (var (number, part) in Parts(structure, ""))
            {
                var section = await box.SectionAsync(uid, Sections.Parse(number));
                Assert.True(section is not null, $"{name} has no part {number}, which its structure has");
                Assert.True(section.Length == part.Size, $"Part {number} of {name} has {section.Length} octets, its structure says {part.Size}");
            }

            Assert.NotNull((await box.FetchAsync(uid, FetchAttributes.Envelope)).Message.Envelope!.Fields);
        }
    }

    [Fact]
    public virtual async Task Every_mail_can_be_searched_copied_and_moved()
    {
        var mails = Mails();
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        foreach (var (_, octets) in mails)
            await a.AppendAsync(octets);

        Assert.Equal(mails.Count, (await a.SearchAsync(new SearchKey.Text(""))).Length);
        Assert.Empty(await a.SearchAsync(new SearchKey.And(new SearchKey.Text("a"), new SearchKey.Not(new SearchKey.Text("A")))));
        var from = await a.SearchAsync(new SearchKey.Header("From", ""));
        var notFrom = await a.SearchAsync(new SearchKey.Not(new SearchKey.Header("From", "")));
        Assert.Equal(await a.UidsAsync(), from.Concat(notFrom).Order());
        await a.CopyAsync(UidSet.All, "b");
        await a.MoveAsync(UidSet.All, "b");

        Assert.Equal(2 * mails.Count, (await b.UidsAsync()).Length);
        var last = (await b.UidsAsync())[^1];
        Assert.Equal(mails[^1].Octets, await b.BodyAsync(last));
    }

    static IReadOnlyList<(string Name, byte[] Octets)> Mails()
    {
        var mails = MailCorpus.ReadTorture();
        Assert.SkipWhen(mails.Count == 0, "The corpus (../shared/corpus) is not there.");
        return mails;
    }

    static IEnumerable<(string Number, BodyPart.Single Part)> Parts(BodyPart part, string number) => part switch
    {
        BodyPart.Multipart multipart => multipart.Parts.SelectMany((inner, i) => Parts(inner, number.Length == 0 ? $"{i + 1}" : $"{number}.{i + 1}")),
        BodyPart.Message message => Parts(message.Body, message.Body is BodyPart.Multipart ? One(number) : $"{One(number)}.1").Prepend((One(number), message)),
        BodyPart.Single single => [(One(number), single)],
        _ => [],
    };

    static string One(string number) => number.Length == 0 ? "1" : number;
}
