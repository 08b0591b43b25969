namespace Backend.Specification.Tests.Changes;

/// <summary>What is committed is there for whoever opens the store next, or has it open beside. DESIGN 7, items 1-3; RFC 9051 §2.3.1.1.</summary>
public abstract class DurabilitySpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task Everything_is_as_it_was_when_the_store_is_opened_again()
    {
        var box = await User.CreateAsync("a/b");
        var uid = await box.AppendAsync("With flags", Flag.Seen, Flag.Parse("$Work"));
        await box.AppendAsync(Mail.OfSize(300_000));
        await box.CopyAsync(UidSet.All, "a");
        await box.DiscardAsync(uid);
        await User.CreateAsync("Sent", SpecialUse.Sent);
        await User.SubscribeAsync("a");
        await User.DeleteAsync("a");

        Assert.Equal(await Snapshot.OfAsync(User), await Snapshot.OfAsync(await OpenAgainAsync()));
    }

    [Fact]
    public virtual async Task Uids_go_on_where_they_were()
    {
        var box = await User.CreateAsync("a");
        var uids = await box.AppendManyAsync(3);
        await box.DiscardAsync(uids);
        var before = await box.StatusAsync();

        var again = await (await OpenAgainAsync()).OpenAsync("a");

        Assert.Equal((before.UidNext, before.UidValidity, before.HighestModSeq), ((await again.StatusAsync()).UidNext, (await again.StatusAsync()).UidValidity, (await again.StatusAsync()).HighestModSeq));
        Assert.True(await again.AppendAsync() > uids[2]);
    }

    [Fact]
    public virtual async Task What_was_recent_is_given_once_over_all()
    {
        var box = await User.CreateAsync("a");
        var old = await box.AppendAsync();
        await box.SelectAsync();
        var uid = await box.AppendAsync();

        var again = await (await OpenAgainAsync()).OpenAsync("a");

        Assert.Equal([uid], (await again.SelectAsync()).Recent.Enumerate());
        Assert.Equal([old], (await box.SelectAsync()).Recent.Enumerate());
    }

    /// <summary>No notification passes between the two: the poll alone must find it.</summary>
    [Fact]
    public virtual async Task A_poll_finds_what_another_program_did()
    {
        var box = await User.CreateAsync("a");
        var replica = new Replica(box);
        var uids = await box.AppendManyAsync(5);
        await replica.SelectAsync();

        var elsewhere = await (await OpenAgainAsync()).OpenAsync("a");
        await elsewhere.AppendAsync("From another program", Flag.Parse("Elsewhere"));
        await elsewhere.AddAsync(uids[0], Flag.Parse("Elsewhere"));
        await elsewhere.DiscardAsync(uids[1]);

        Assert.True(await replica.PollAsync());
        await replica.AssertIsTheMailboxAsync();
        Assert.Contains(Flag.Parse("elsewhere"), replica.Messages[uids[0]]);
    }

    [Fact]
    public virtual async Task Keywords_made_by_two_programs_do_not_mix()
    {
        var box = await User.CreateAsync("a");
        var elsewhere = await (await OpenAgainAsync()).OpenAsync("a");
        var uids = new List<Uid>();

        for (var i = 0; i < 10; i++)
            uids.Add(await (i % 2 == 0 ? box : elsewhere).AppendAsync($"Message {i}", Flag.Parse($"k{i}"), Flag.Parse($"both{i / 2}")));

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(FlagSet.Of(Flag.Parse($"k{i}"), Flag.Parse($"both{i / 2}")), await box.FlagsAsync(uids[i]));
            Assert.Equal(FlagSet.Of(Flag.Parse($"k{i}"), Flag.Parse($"both{i / 2}")), await elsewhere.FlagsAsync(uids[i]));
            Assert.Equal([uids[i]], await elsewhere.SearchAsync(new SearchKey.HasFlag(Flag.Parse($"K{i}"))));
        }
    }

    [Fact]
    public virtual async Task Two_programs_write_at_once()
    {
        await User.CreateAsync("a");
        IUser[] users = [User, await OpenAgainAsync()];

        await Task.WhenAll(users.Select((user, i) => Task.Run(
            async () =>
            {
                var box = await user.OpenAsync("a");
                for (var n = 0; n < 25; n++)
                {
                    var uid = await box.AppendAsync($"{i} {n}");
                    await box.AddAsync(uid, Flag.Seen);
                    if (n % 5 == 0)
                        await box.DiscardAsync(uid);
                }
            },
            Token)));

        var status = await (await User.OpenAsync("a")).StatusAsync();
        Assert.Equal((40, 0), (status.Messages, status.Unseen));
    }

    [Fact]
    public virtual async Task A_name_deleted_by_another_program_is_gone()
    {
        var box = await User.CreateAsync("a");
        var elsewhere = await OpenAgainAsync();

        await elsewhere.DeleteAsync("a");
        await elsewhere.CreateAsync("b");

        Assert.Equal(["INBOX", "b"], await User.NamesAsync());
        await RefusedAsync(BackendError.NoSuchMailbox, () => box.AppendAsync());
    }

    [Fact]
    public virtual async Task A_password_changed_elsewhere_counts_here()
    {
        await OpenAgainAsync();
        await Fixture.Users.SetPasswordAsync(Username, "changed", Token);

        var backend = await Fixture.OpenAgainAsync(Token);

        await RefusedAsync(BackendError.InvalidCredentials, () => backend!.LoginAsync(Username, Password, Token));
        Assert.Equal(Username, (await backend!.LoginAsync(Username, "changed", Token)).Username);
    }

    async Task<IUser> OpenAgainAsync()
    {
        var backend = await Fixture.OpenAgainAsync(Token);
        Assert.SkipWhen(backend is null, "This store lives in its process only.");
        return await backend!.LoginAsync(Username, Password, Token);
    }
}
