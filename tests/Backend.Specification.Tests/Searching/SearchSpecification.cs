using static Backend.Abstractions.Search.SearchKey;

namespace Backend.Specification.Tests.Searching;

/// <summary>IMailbox.SearchMessagesAsync and SearchSequenceNumbersAsync: keys of flags, sets and sizes, and how they combine. RFC 9051 §6.4.4; RFC 3501 §6.4.4.</summary>
public abstract class SearchSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Theory]
    [MemberData(nameof(SearchKeyCases.Names), MemberType = typeof(SearchKeyCases))]
    public virtual async Task A_key_finds_exactly_the_messages_that_match(string key)
    {
        var box = await InboxAsync();
        var uids = await SearchKeyCases.FillAsync(box);

        var found = await SearchAsync(box, SearchKeyCases.Key(key));
        var numbers = await box.SearchSequenceNumbersAsync(new SearchCriteria(SearchKeyCases.Key(key)), Token);

        Assert.Equal(SearchKeyCases.Found(key), string.Join(' ', found.Select(uid => Array.IndexOf(uids, uid) + 1)));
        Assert.Equal(SearchKeyCases.Found(key), string.Join(' ', numbers.Resolve(6).SelectMany(static range => Enumerable.Range((int)range.First, (int)range.Count))));
    }

    [Fact]
    public virtual async Task An_empty_mailbox_has_nothing_to_find()
    {
        var box = await InboxAsync();

        Assert.Empty(await SearchAsync(box, new All()));
        Assert.Empty(await SearchAsync(box, new Not(new HasFlag(Flag.Seen))));
        Assert.Empty(await SearchAsync(box, new Sequence(SequenceSet.Parse("1:*"))));
        Assert.True((await box.SearchSequenceNumbersAsync(SearchCriteria.All, Token)).IsEmpty);
    }

    [Fact]
    public virtual async Task Sequence_numbers_are_those_of_the_moment()
    {
        var box = await InboxAsync();
        var uids = await SearchKeyCases.FillAsync(box);
        await box.DiscardAsync(uids[0], uids[3]);

        Assert.Equal("1", (await box.SearchSequenceNumbersAsync(new SearchCriteria(new HasFlag(Flag.Seen)), Token)).ToString());
        Assert.Equal([uids[1], uids[2]], await SearchAsync(box, new Sequence(SequenceSet.Parse("1:2"))));
        Assert.Equal([uids[5]], await SearchAsync(box, new Sequence(SequenceSet.Parse("*"))));
    }

    /// <summary>PITFALLS 2, item 6: <c>SEARCH 1:2 UID 4:*</c> intersects.</summary>
    [Fact]
    public virtual async Task A_sequence_set_and_a_uid_set_intersect()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(5);

        Assert.Empty(await SearchAsync(box, new And(new Sequence(SequenceSet.Parse("1:2")), new Uids(UidSet.Between(uids[3], uids[4])))));
        Assert.Equal([uids[1]], await SearchAsync(box, new And(new Sequence(SequenceSet.Parse("1:2")), new Uids(UidSet.Between(uids[1], uids[4])))));
    }

    [Fact]
    public virtual async Task A_set_in_a_negated_branch_is_negated_with_it()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(5);

        var found = await SearchAsync(box, new Not(new Or(new Sequence(SequenceSet.Parse("1")), new And(new Uids(UidSet.Of(uids[2])), new Not(new Uids(UidSet.Of(uids[4])))))));

        Assert.Equal([uids[1], uids[3], uids[4]], found);
    }

    [Fact]
    public virtual async Task Recent_is_what_is_recent_to_the_handle()
    {
        var (box, other) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        var old = await box.AppendAsync("Old", Flag.Seen);
        await other.SelectAsync();
        var (unseen, seen) = (await box.AppendAsync("New"), await box.AppendAsync("Recent but seen", Flag.Seen));
        await box.SelectAsync();

        Assert.Equal([unseen, seen], await SearchAsync(box, new HasFlag(Flag.Recent)));
        Assert.Equal([unseen], await SearchAsync(box, new And(new HasFlag(Flag.Recent), new Not(new HasFlag(Flag.Seen)))));
        Assert.Equal([old], await SearchAsync(box, new Not(new HasFlag(Flag.Recent))));
        Assert.Equal([old], await SearchAsync(other, new HasFlag(Flag.Recent)));
        Assert.Equal([unseen, seen], await SearchAsync(other, new Not(new HasFlag(Flag.Recent))));
    }

    [Fact]
    public virtual async Task A_change_of_flags_is_found_at_once()
    {
        var (box, other) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        var uids = await box.AppendManyAsync(3);

        await box.AddAsync(uids[1], Flag.Flagged, Flag.Parse("$New"));
        Assert.Equal([uids[1]], await SearchAsync(other, new And(new HasFlag(Flag.Flagged), new HasFlag(Flag.Parse("$new")))));
        await other.ReplaceAsync(uids[1]);
        Assert.Empty(await SearchAsync(box, new HasFlag(Flag.Parse("$New"))));
    }

    [Fact]
    public virtual async Task Late_keywords_are_found_like_early_ones()
    {
        var box = await InboxAsync();
        Flag[] keywords = [.. Enumerable.Range(1, 100).Select(static i => Flag.Parse($"k{i}"))];
        var (all, none, last) = (await box.AppendAsync("All", keywords), await box.AppendAsync("None"), await box.AppendAsync("Last", keywords[99]));

        Assert.Equal([all, last], await SearchAsync(box, new HasFlag(Flag.Parse("K100"))));
        Assert.Equal([none], await SearchAsync(box, new Not(new HasFlag(keywords[99]))));
        Assert.Equal([all], await SearchAsync(box, new And(new HasFlag(keywords[0]), new HasFlag(keywords[99]), new HasFlag(keywords[80]))));
        Assert.Equal([last], await SearchAsync(box, new And(new HasFlag(keywords[99]), new Not(new HasFlag(keywords[0])))));
    }

    [Fact]
    public virtual async Task Searching_changes_nothing()
    {
        var box = await InboxAsync();
        await SearchKeyCases.FillAsync(box);
        var before = await Snapshot.OfAsync(box);

        await SearchAsync(box, new And(new Text("large"), new Body("a"), new HasFlag(Flag.Recent), new Header("Subject", "x")));

        Assert.Equal(before, await Snapshot.OfAsync(box));
    }

    [Fact]
    public virtual async Task Keys_nest_twenty_deep()
    {
        var box = await InboxAsync();
        var uids = await SearchKeyCases.FillAsync(box);
        SearchKey key = new HasFlag(Flag.Seen);
        for (var i = 0; i < 20; i++)
            key = (i % 4) switch
            {
                0 => new Not(key),
                1 => new And(key, new All(), new Smaller(10_000)),
                2 => new Or(new HasFlag(Flag.Parse("NeverUsed")), key),
                _ => new And(new Uids(UidSet.All), new Text("large"), key),
            };

        // Five negations of "seen".
        Assert.Equal(uids[2..], await SearchAsync(box, key));
    }

    [Fact]
    public virtual async Task Keys_nest_to_the_limit_and_no_deeper()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync();

        Assert.Equal([uid], await SearchAsync(box, Nested(SearchCriteria.MaxDepth)));
        await RefusedAsync(BackendError.Limit, () => SearchAsync(box, Nested(SearchCriteria.MaxDepth + 1)));
        await RefusedAsync(BackendError.Limit, () => box.SearchSequenceNumbersAsync(new SearchCriteria(Nested(SearchCriteria.MaxDepth + 1)), Token));
        await RefusedAsync(BackendError.Limit, () => SearchAsync(box, Nested(100_000)));
        Assert.Equal([uid], await box.UidsAsync());

        // ALL under OR under OR...: the outermost counts as one.
        static SearchKey Nested(int depth)
        {
            SearchKey key = new All();
            for (var i = 1; i < depth; i++)
                key = new Or(new HasFlag(Flag.Flagged), key);
            return key;
        }
    }

    [Fact]
    public virtual async Task Many_keys_side_by_side_are_no_nesting()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(3);

        var found = await SearchAsync(box, new And([.. Enumerable.Range(0, 500).Select(static i => (SearchKey)new Not(new Larger(1_000_000 + i)))]));

        Assert.Equal(uids, found);
    }

    [Fact]
    public virtual async Task Every_one_of_thousands_of_keys_counts()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(3);
        SearchKey[] texts = [.. Enumerable.Range(0, 3000).Select(static i => (SearchKey)new Not(new Text($"not there {i}")))];
        SearchKey[] sizes = [.. Enumerable.Range(0, 10_000).Select(static i => (SearchKey)new Larger(i % 7))];

        Assert.Equal(uids, await SearchAsync(box, new And([.. texts])));
        Assert.Equal([uids[1]], await SearchAsync(box, new And([.. texts, new Header("Subject", "Message 2")])));
        Assert.Equal([uids[0], uids[2]], await SearchAsync(box, new Not(new And([.. sizes, new Header("Subject", "Message 2")]))));
        Assert.Equal([uids[1]], await SearchAsync(box, new And([.. sizes, new Uids(UidSet.Of(uids[1]))])));
    }

    [Fact]
    public virtual async Task A_thousand_single_uids_are_one_key()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();
        for (var i = 0; i < 11; i++)
            await box.CopyAsync(UidSet.All, "a");
        Uid[] odd = [.. (await box.UidsAsync()).Where(static (_, i) => i % 2 == 1)];

        Assert.Equal(odd, await SearchAsync(box, new And(new Uids(UidSet.From(odd)), new Not(new HasFlag(Flag.Seen)))));
        Assert.Equal(1024, (await SearchAsync(box, new Not(new Uids(UidSet.From(odd))))).Length);
    }

    [Fact]
    public virtual async Task A_copy_elsewhere_is_not_found_here()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        var uid = await a.AppendAsync("Only once here", Flag.Seen);
        await a.CopyAsync(UidSet.All, "b");
        await b.AppendAsync("Only once here");

        Assert.Equal([uid], await SearchAsync(a, new And(new Header("Subject", "only once"), new HasFlag(Flag.Seen))));
        Assert.Equal([uid], await SearchAsync(a, new Text("ONCE HERE")));
    }

    /// <summary>RFC 7162 §3.1.5: those that are at or above it, by their last change.</summary>
    [Fact]
    public virtual async Task Messages_are_found_by_their_modification_sequence()
    {
        var box = await InboxAsync();
        var uids = await box.AppendManyAsync(3);
        var last = await box.ModSeqAsync(uids[2]);
        var changed = (await box.AddAsync(uids[0], Flag.Seen)).ModSeq!.Value;

        Assert.Equal(uids, await box.SearchAsync(new ChangedFrom(ModSeq.Zero)));
        Assert.Equal([uids[0], uids[2]], await box.SearchAsync(new ChangedFrom(last)));
        Assert.Equal([uids[0]], await box.SearchAsync(new ChangedFrom(changed)));
        Assert.Equal([uids[1], uids[2]], await box.SearchAsync(new Not(new ChangedFrom(changed))));
        Assert.Empty(await box.SearchAsync(new ChangedFrom(new ModSeq(changed.Value + 1))));
        Assert.Empty(await box.SearchAsync(new ChangedFrom(new ModSeq(long.MaxValue))));
    }
}
