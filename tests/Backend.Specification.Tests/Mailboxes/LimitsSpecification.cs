namespace Backend.Specification.Tests.Mailboxes;

/// <summary>What is refused with BackendError.Limit, and the ends of the ranges. RFC 9051 §2.3.1.1; RFC 5530 §3 (LIMIT).</summary>
public abstract class LimitsSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task A_mailbox_too_many_is_refused_with_its_superiors()
    {
        Assert.SkipWhen(Fixture.MaxMailboxes is null, "This store has no limit.");
        for (var i = 2; i < Fixture.MaxMailboxes; i++)
            await User.CreateAsync($"{i}");

        await RefusedWithoutAnyChangeAsync(BackendError.Limit, () => User.CreateAsync("new/inferior"));
        await RefusedWithoutAnyChangeAsync(BackendError.Limit, () => User.RenameAsync("2", "new/superior/2"));
        await User.CreateAsync("last");
        await RefusedWithoutAnyChangeAsync(BackendError.Limit, () => User.CreateAsync("one too many"));
        await RefusedWithoutAnyChangeAsync(BackendError.Limit, () => User.RenameAsync("INBOX", "old"));
        await User.RenameAsync("last", "renamed");
        await User.DeleteAsync("renamed");
        await User.CreateAsync("again");
    }

    [Fact]
    public virtual async Task A_keyword_too_many_is_refused_and_the_others_are_not_made()
    {
        Assert.SkipWhen(Fixture.MaxKeywords is null, "This store has no limit.");
        var box = await InboxAsync();
        Flag[] keywords = [.. Enumerable.Range(1, Fixture.MaxKeywords!.Value + 1).Select(static i => Flag.Parse($"k{i}"))];
        var uid = await box.AppendAsync("Almost all", keywords[2..]);

        await RefusedWithoutAnyChangeAsync(BackendError.Limit, () => box.AddAsync(uid, keywords[..2]));
        await RefusedWithoutAnyChangeAsync(BackendError.Limit, () => box.AppendAsync("Never", keywords[..2]));
        await box.AddAsync(uid, keywords[0]);
        await RefusedWithoutAnyChangeAsync(BackendError.Limit, () => box.AddAsync(uid, keywords[1]));
        await box.ReplaceAsync(uid, [.. keywords[..1], .. keywords[2..], Flag.Seen]);

        Assert.Equal(keywords.Length, (await box.FlagsAsync(uid)).Count);
    }

    /// <summary>PITFALLS 3, item 24: what was kept in a signed number.</summary>
    [Theory]
    [InlineData(int.MaxValue - 1L)]
    [InlineData(uint.MaxValue - 4L)]
    public virtual async Task Uids_have_the_whole_range_of_32_bits(long next)
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        await SkipUidsAsync(a, new Uid((uint)next));
        var selected = await a.SelectAsync();

        var uids = await a.AppendManyAsync(4);

        Assert.Equal(Enumerable.Range(0, 4).Select(i => new Uid((uint)(next + i))), uids);
        Assert.Equal(uids, (await a.PollAsync(selected.HighestModSeq))!.Recent.Enumerate());
        Assert.Equal(uids[1..], await a.UidsAsync(UidSet.Between(uids[1], Uid.MaxValue)));
        Assert.Equal(uids, await a.SearchAsync(new SearchKey.Uids(UidSet.Parse($"{uids[0]}:*"))));
        Assert.Equal(uids, (await a.StoreAsync(UidSet.From(uids), FlagsOperation.Add, Flag.Seen)).Changed.Select(static message => message.Uid));
        Assert.Equal(uids[..2], (await a.CopyAsync(UidSet.From(uids[..2]), "b")).Source.Enumerate());
        Assert.Equal(uids[3..], (await a.MoveAsync(UidSet.Of(uids[3]), "b")).Expunged.Expunged.Enumerate());
        await a.DiscardAsync(uids[0]);
        Assert.Equal(uids[1..3], (await a.SelectAsync()).Uids);
        Assert.Equal(Mail.Of("Message 2"), await a.BodyAsync(uids[1]));
        Assert.Equal(3, (await b.UidsAsync()).Length);
    }

    [Fact]
    public virtual async Task When_the_uids_are_used_up_nothing_more_can_come()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        await b.AppendManyAsync(2);
        await SkipUidsAsync(a, Uid.MaxValue);

        await RefusedWithoutAnyChangeAsync(BackendError.Limit, () => b.CopyAsync(UidSet.All, "a"));
        await RefusedWithoutAnyChangeAsync(BackendError.Limit, () => b.MoveAsync(UidSet.All, "a"));
        Assert.Equal(Uid.MaxValue, await a.AppendAsync());
        await RefusedWithoutAnyChangeAsync(BackendError.Limit, () => a.AppendAsync());
        await RefusedWithoutAnyChangeAsync(BackendError.Limit, () => a.CopyAsync(UidSet.All, "a"));
        await RefusedWithoutAnyChangeAsync(BackendError.Limit, () => a.MoveAsync(UidSet.All, "a"));

        // UIDNEXT has nowhere to go, but is never 0.
        Assert.Equal(Uid.MaxValue, (await a.StatusAsync()).UidNext);
        Assert.Equal(Uid.MaxValue, (await a.SelectAsync()).UidNext);
        await a.MoveAsync(UidSet.All, "b");
        Assert.Equal(3, (await b.UidsAsync()).Length);
    }

    [Fact]
    public virtual async Task A_mailbox_of_a_name_whose_uids_are_used_up_starts_anew()
    {
        var box = await User.CreateAsync("a");
        await SkipUidsAsync(box, Uid.MaxValue);
        await box.AppendAsync();
        var before = await box.StatusAsync();
        await User.DeleteAsync("a");

        var again = await User.CreateAsync("a");

        await again.AppendAsync();
        Assert.True((await again.StatusAsync()).UidValidity!.Value.Value > before.UidValidity!.Value.Value);
    }

    async Task SkipUidsAsync(IMailbox mailbox, Uid next) =>
        Assert.SkipUnless(await Fixture.SkipUidsAsync(Username, mailbox.Name, next, Token), "UIDs cannot be skipped in this store.");
}
