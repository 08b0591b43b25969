namespace Backend.Specification.Tests.Sharing;

/// <summary>COPY and MOVE between users: byte for byte, all or nothing, in any direction at once. RFC 4314 §4; RFC 6851 §4.2.</summary>
public abstract class TransferSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    IUser? bob;

    IUser Bob => bob!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        bob = await AddUserAsync();
        await User.CreateAsync("Shared");
        await User.GrantAsync("Shared", Bob, "lrswite");
    }

    /// <summary>Of all sizes: some at once, one by one, and chunk by chunk.</summary>
    [Fact]
    public virtual async Task Messages_come_byte_for_byte_with_dates_and_flags_and_can_be_found()
    {
        var date = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.FromHours(-5));
        byte[][] messages = [Mail.Of("First"), Mail.OfSize(700_000), Mail.OfSize(600_000), Mail.OfSize(1_048_577), Mail.OfSize(3_000_000), Mail.Text("no header at all"), Mail.Of("Last")];
        Flag[] keywords = [.. Enumerable.Range(0, 60).Select(static i => Flag.Parse($"K{i}"))];
        var inbox = await Bob.OpenAsync("INBOX");
        foreach (var message in messages)
            await inbox.CreateMessageAsync(message, new AppendOptions { Flags = FlagSet.Of(Flag.Flagged, Flag.Parse("$Work")), InternalDate = date });
        var uids = await inbox.UidsAsync();
        await inbox.AddAsync(uids[0], [Flag.Seen, .. keywords]);

        var copied = await inbox.CopyAsync(UidSet.All, User.Shared("Shared"));
        await inbox.DiscardAsync(uids);

        Assert.Equal(uids, copied.Source.Enumerate());
        var shared = await User.OpenAsync("Shared");
        Assert.Equal(await shared.UidsAsync(), copied.Destination.Enumerate());
        foreach (var (uid, message) in (await shared.UidsAsync()).Zip(messages))
        {
            Assert.Equal(message, await shared.BodyAsync(uid));
            var fetched = await shared.FetchAsync(uid, FetchAttributes.InternalDate | FetchAttributes.Size | FetchAttributes.Envelope);
            Assert.Equal((date, message.LongLength), (fetched.Message.InternalDate, fetched.Message.Size));
        }

        Assert.Equal(FlagSet.Of([Flag.Flagged, Flag.Parse("$Work"), Flag.Seen, .. keywords]), await shared.FlagsAsync((await shared.UidsAsync())[0]));
        Assert.Equal([(await shared.UidsAsync())[^1]], await SearchAsync(shared, new SearchKey.Header("Subject", "last")));
        Assert.Equal([(await shared.UidsAsync())[5]], await SearchAsync(shared, new SearchKey.Text("no header")));
        Assert.Equal(messages.Length, (await shared.StatusAsync()).Messages);
        Assert.Equal(messages.Length - 1, (await shared.StatusAsync()).Unseen);
    }

    [Fact]
    public virtual async Task Messages_are_copied_and_moved_out_of_and_between_others_mailboxes()
    {
        var carol = await AddUserAsync();
        await carol.CreateAsync("Hers");
        await carol.GrantAsync("Hers", Bob, "i");
        var shared = await User.OpenAsync("Shared");
        var uids = new[] { await shared.AppendAsync("One", Flag.Seen, Flag.Parse("$Work")), await shared.AppendAsync("Two", Flag.Deleted), await shared.AppendAsync("Three") };
        var bobs = await Bob.OpenAsync(User.Shared("Shared"));
        var since = (await shared.SelectAsync()).HighestModSeq;

        var copied = await bobs.CopyAsync(UidSet.Of(uids[2]), carol.Shared("Hers"));
        var moved = await bobs.MoveAsync(UidSet.From([uids[0], uids[1]]), "INBOX");

        Assert.Equal([uids[2]], copied.Source.Enumerate());
        Assert.Equal([uids[0], uids[1]], moved.Expunged.Expunged.Enumerate());
        Assert.Equal([uids[2]], await shared.UidsAsync());
        Assert.Equal([uids[0], uids[1]], (await shared.PollAsync(since))!.Expunged.Enumerate());
        Assert.Equal((1L, 1L, 0L), await CountsAsync(shared));
        var inbox = await Bob.OpenAsync("INBOX");
        Assert.Equal([FlagSet.Of(Flag.Seen, Flag.Parse("$Work")), FlagSet.Of(Flag.Deleted)], await Task.WhenAll((await inbox.UidsAsync()).Select(inbox.FlagsAsync)));
        Assert.Equal((2L, 1L, 1L), await CountsAsync(inbox));
        Assert.Equal(Mail.Of("Three"), await (await carol.OpenAsync("Hers")).BodyAsync((await (await carol.OpenAsync("Hers")).UidsAsync())[0]));
    }

    /// <summary>A copy has a life of its own: what becomes of the one is nothing to the other.</summary>
    [Fact]
    public virtual async Task What_was_copied_stays_when_its_source_or_its_user_is_gone()
    {
        var inbox = await Bob.OpenAsync("INBOX");
        await inbox.AppendAsync("Stays");
        await inbox.CopyAsync(UidSet.All, "INBOX");
        await inbox.CopyAsync(UidSet.All, User.Shared("Shared"));
        await Fixture.Users.RemoveUserAsync(Bob.Username, Token);

        var shared = await User.OpenAsync("Shared");
        Assert.Equal(2, (await shared.UidsAsync()).Length);
        Assert.All(await Task.WhenAll((await shared.UidsAsync()).Select(shared.BodyAsync)), static body => Assert.Equal(Mail.Of("Stays"), body));
    }

    /// <summary>RFC 8474 §5.1-5.2: also on the way back, and of copies of copies.</summary>
    [Fact]
    public virtual async Task The_EMAILID_and_the_THREADID_go_with_a_message()
    {
        var inbox = await Bob.OpenAsync("INBOX");
        await inbox.CreateMessageAsync(Mail.Text("no header at all"));
        await inbox.AppendAsync("Other");
        var ids = await IdsAsync(inbox);
        await inbox.CopyAsync(UidSet.All, User.Shared("Shared"));
        var shared = await User.OpenAsync("Shared");
        await shared.CopyAsync(UidSet.All, "INBOX");
        await shared.AppendAsync("Third");
        await (await Bob.OpenAsync(User.Shared("Shared"))).MoveAsync(UidSet.From((await shared.UidsAsync())[..2]), "INBOX");

        Assert.Equal(ids, await IdsAsync(await User.OpenAsync("INBOX")));
        Assert.Equal([.. ids, .. ids], await IdsAsync(inbox));
        Assert.DoesNotContain(await IdsAsync(shared), ids.Contains);
        foreach (var mailbox in (IMailbox[])[inbox, await User.OpenAsync("INBOX")])
        {
            var uids = await mailbox.UidsAsync();
            Assert.Equal(uids.Where((_, i) => i % 2 == 0), await SearchAsync(mailbox, new SearchKey.EmailId(ids[0].Email)));
            Assert.Equal(uids.Where((_, i) => i % 2 == 1), await SearchAsync(mailbox, new SearchKey.And([new SearchKey.EmailId(ids[1].Email), new SearchKey.Text("other")])));
            Assert.Equal(uids.Where((_, i) => i % 2 == 0), await SearchAsync(mailbox, new SearchKey.ThreadId(ids[0].Thread)));
            Assert.Equal(uids.Where((_, i) => i % 2 == 1), await SearchAsync(mailbox, new SearchKey.Not(new SearchKey.EmailId(ids[0].Email))));
        }
    }

    [Fact]
    public virtual async Task Nothing_is_copied_when_something_cannot_be()
    {
        var inbox = await Bob.OpenAsync("INBOX");
        await inbox.AppendManyAsync(3);
        await User.CreateAsync("Closed");
        await User.CreateAsync("Seen");
        await User.GrantAsync("Seen", Bob, "lr");
        await Bob.CreateAsync("A/B");
        await Bob.DeleteAsync("A");

        await RefusedWithoutAnyChangeAsync(BackendError.NoSuchMailbox, () => inbox.CopyAsync(UidSet.All, User.Shared("Closed")));
        await RefusedWithoutAnyChangeAsync(BackendError.NoSuchMailbox, () => inbox.MoveAsync(UidSet.All, User.Shared("Missing")));
        await RefusedWithoutAnyChangeAsync(BackendError.NoPermission, () => inbox.CopyAsync(UidSet.All, User.Shared("Seen")));
        await RefusedWithoutAnyChangeAsync(BackendError.NoPermission, () => inbox.MoveAsync(UidSet.All, User.Shared("Seen")));
        var bobs = await Bob.OpenAsync(User.Shared("Shared"));
        await bobs.AppendAsync("Here");
        await RefusedWithoutAnyChangeAsync(BackendError.NotSelectable, () => bobs.CopyAsync(UidSet.All, "A"));
        await RefusedWithoutAnyChangeAsync(BackendError.NoSuchMailbox, () => bobs.MoveAsync(UidSet.All, "Missing"));
        await bobs.ExamineAsync();
        await RefusedWithoutAnyChangeAsync(BackendError.ReadOnly, () => bobs.MoveAsync(UidSet.All, "INBOX"));
        Assert.Equal(3, (await inbox.UidsAsync()).Length);
    }

    [Fact]
    public virtual async Task Nothing_is_copied_when_the_targets_UIDs_do_not_suffice()
    {
        if (!await Fixture.SkipUidsAsync(Username, MailboxName.Parse("Shared"), new Uid(uint.MaxValue), Token))
            Assert.Skip("UIDs cannot be used up.");
        var inbox = await Bob.OpenAsync("INBOX");
        await inbox.AppendManyAsync(2);

        await RefusedAsync(BackendError.Limit, () => inbox.MoveAsync(UidSet.All, User.Shared("Shared")));

        Assert.Equal(2, (await inbox.UidsAsync()).Length);
        Assert.Empty(await (await User.OpenAsync("Shared")).UidsAsync());
    }

    /// <summary>RFC 9208 §6: mail counts for whose the mailbox is, whoever brings it.</summary>
    [Fact]
    public virtual async Task The_quota_is_that_of_the_targets_owner()
    {
        var inbox = await Bob.OpenAsync("INBOX");
        await inbox.AppendManyAsync(3);
        await Fixture.Users.SetLimitsAsync(Username, new QuotaLimits(null, 2), Token);
        await Fixture.Users.SetLimitsAsync(Bob.Username, new QuotaLimits(null, 3), Token);

        await RefusedWithoutAnyChangeAsync(BackendError.OverQuota, () => inbox.CopyAsync(UidSet.All, User.Shared("Shared")));
        await RefusedWithoutAnyChangeAsync(BackendError.OverQuota, () => inbox.MoveAsync(UidSet.All, User.Shared("Shared")));
        Assert.Equal(3, (await inbox.UidsAsync()).Length);
        await inbox.MoveAsync(UidSet.From((await inbox.UidsAsync())[..2]), User.Shared("Shared"));
        await RefusedWithoutAnyChangeAsync(BackendError.OverQuota, async () => await (await Bob.OpenAsync(User.Shared("Shared"))).AppendAsync("Too many"));
    }

    [Fact]
    public virtual async Task An_empty_set_copies_nothing()
    {
        var inbox = await Bob.OpenAsync("INBOX");

        Assert.True((await inbox.CopyAsync(UidSet.All, User.Shared("Shared"))).Source.IsEmpty);
        Assert.True((await inbox.MoveAsync(UidSet.Of(new Uid(7)), User.Shared("Shared"))).Copied.Source.IsEmpty);
        Assert.Empty(await (await User.OpenAsync("Shared")).UidsAsync());
    }

    /// <summary>Each takes the locks of both users; with new keywords, those of their dictionaries too.</summary>
    [Fact]
    public virtual async Task Transfers_in_both_directions_at_once_do_not_wait_for_each_other_for_ever()
    {
        await Bob.CreateAsync("Bobs");
        await Bob.GrantAsync("Bobs", User, "lrswite");
        await (await User.OpenAsync("Shared")).AppendManyAsync(10);
        await (await Bob.OpenAsync("Bobs")).AppendManyAsync(10);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
            async () =>
            {
                var owner = i % 2 == 0;
                var session = await Fixture.Backend.LoginAsync(owner ? Username : Bob.Username, Password, Token);
                var (here, there) = owner ? ("Shared", Bob.Shared("Bobs")) : ("Bobs", User.Shared("Shared"));
                for (var round = 0; round < 8; round++)
                {
                    var mailbox = await session.OpenAsync(round % 2 == 0 ? here : there);
                    await mailbox.StoreAsync(UidSet.All, FlagsOperation.Add, Flag.Parse($"K{i}x{round}"));
                    await mailbox.MoveAsync(UidSet.All, round % 2 == 0 ? there : here);
                }
            },
            Token)));

        Assert.Equal(20, (await (await User.OpenAsync("Shared")).UidsAsync()).Length + (await (await Bob.OpenAsync("Bobs")).UidsAsync()).Length);
    }

    /// <summary>What was begun before the right was taken back may be done, and nothing after SETACL has answered.</summary>
    [Fact]
    public virtual async Task Nothing_comes_after_the_right_was_taken_back()
    {
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                var session = await Fixture.Backend.LoginAsync(Bob.Username, Password, Token);
                var mailbox = await session.OpenAsync(User.Shared("Shared"));
                await (await session.OpenAsync("INBOX")).AppendAsync("Copied");
                try
                {
                    for (var i = 0; ; i++)
                        await (i % 2 == 0 ? (Task)mailbox.AppendAsync($"{i}") : (await session.OpenAsync("INBOX")).CopyAsync(UidSet.All, User.Shared("Shared")));
                }
                catch (BackendException refusal)
                {
                    return refusal.Error;
                }
            },
            Token)).ToList();
        var shared = await User.OpenAsync("Shared");
        while ((await shared.StatusAsync()).Messages < 10)
            await Task.Delay(10, Token);

        await User.GrantAsync("Shared", Bob, "lr");
        var count = (await shared.StatusAsync()).Messages;

        Assert.All(await Task.WhenAll(writers), static error => Assert.Equal(BackendError.NoPermission, error));
        Assert.Equal(count, (await shared.StatusAsync()).Messages);
    }

    static async Task<List<(string Email, string Thread)>> IdsAsync(IMailbox mailbox)
    {
        var ids = new List<(string, string)>();
        foreach (var uid in await mailbox.UidsAsync())
            ids.Add(await mailbox.FetchAsync(uid, FetchAttributes.EmailId | FetchAttributes.ThreadId) is { Message: { EmailId: { } email, ThreadId: { } thread } } ? (email, thread) : default);
        return ids;
    }

    static async Task<(long?, long?, long?)> CountsAsync(IMailbox mailbox)
    {
        var status = await mailbox.StatusAsync();
        return (status.Messages, status.Unseen, status.Deleted);
    }
}
