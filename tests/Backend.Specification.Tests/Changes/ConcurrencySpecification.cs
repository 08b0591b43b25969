namespace Backend.Specification.Tests.Changes;

/// <summary>
/// Eight connections do everything at once: no exception but the ones that the contract names, nothing lost, and the invariants hold.
/// PITFALLS 2, item 8; 3, items 1-2; DESIGN 7.
/// </summary>
public abstract class ConcurrencySpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    const int Connections = 8;
    const int Rounds = 12;

    static readonly string[] Names = ["INBOX", "a", "b", "c"];

    [Fact]
    public virtual async Task On_one_mailbox()
    {
        var appended = await AtOnceAsync(Connections, async (user, i) =>
        {
            var box = await user.OpenAsync("INBOX");
            var mine = new List<Uid>();
            for (var n = 0; n < Rounds; n++)
            {
                mine.Add(await box.AppendAsync($"{i} {n}"));
                await box.AddAsync(mine[^1], Flag.Parse($"k{i}"));
                await box.StoreAsync(UidSet.All, n % 2 == 0 ? FlagsOperation.Add : FlagsOperation.Remove, Flag.Flagged);
                await box.SearchAsync(new SearchKey.HasFlag(Flag.Parse($"k{i}")));
                await box.ListAsync(UidSet.From(mine), FetchItems.WholeBody);
            }

            await box.DiscardAsync(mine[0], mine[1]);
            return mine[2..];
        });

        var box = await InboxAsync();
        Assert.Equal(appended.SelectMany(static mine => mine).Order(), await box.UidsAsync());
        for (var i = 0; i < Connections; i++)
            Assert.Equal(appended[i], await box.SearchAsync(new SearchKey.HasFlag(Flag.Parse($"k{i}"))));
        await AssertCountedAsync();
    }

    [Fact]
    public virtual async Task On_many_mailboxes()
    {
        foreach (var name in Names[1..])
            await User.CreateAsync(name);

        await AtOnceAsync(Connections, async (user, i) =>
        {
            var box = await user.OpenAsync(Names[i % Names.Length]);
            for (var n = 0; n < Rounds; n++)
            {
                var uid = await box.AppendAsync($"{i} {n}");
                await box.CopyAsync(UidSet.Of(uid), Names[(i + n) % Names.Length]);
            }
        });

        await AssertCountedAsync();
        Assert.Equal(2 * Connections * Rounds, await CountAsync());
    }

    /// <summary>However they are moved about, every message is somewhere once.</summary>
    [Fact]
    public virtual async Task Messages_moved_about_by_all_are_each_somewhere_once()
    {
        foreach (var name in Names[1..])
            await User.CreateAsync(name);
        await (await InboxAsync()).AppendManyAsync(30);

        await AtOnceAsync(Connections, async (user, i) =>
        {
            for (var n = 0; n < Rounds; n++)
            {
                var box = await user.OpenAsync(Names[(i + n) % Names.Length]);
                await box.MoveAsync(UidSet.All, Names[((3 * i) + n + 1) % Names.Length]);
            }
        });

        var subjects = new List<string?>();
        foreach (var name in Names)
            foreach (var message in await (await User.OpenAsync(name)).ListAsync(UidSet.All, FetchAttributes.Envelope))
                subjects.Add(message.Message.Envelope!.Fields.Subject);
        Assert.Equal(Enumerable.Range(1, 30).Select(static i => $"Message {i}").Order(), subjects.Order());
        await AssertCountedAsync();
    }

    [Fact]
    public virtual async Task Mailboxes_created_renamed_and_deleted_under_those_who_use_them()
    {
        await User.CreateAsync("x/0");

        await AtOnceAsync(Connections, async (user, i) =>
        {
            for (var n = 0; n < Rounds; n++)
                await AllowedAsync(async () =>
                {
                    switch (i % 4)
                    {
                        case 0:
                            await user.RenameAsync($"x/{n}", $"x/{n + 1}");
                            break;
                        case 1:
                            await user.CreateAsync($"x/{n}");
                            break;
                        case 2:
                            await user.DeleteAsync($"x/{n}");
                            break;
                        default:
                            await (await user.OpenAsync($"x/{n}")).AppendAsync();
                            break;
                    }
                });
        });

        await AssertCountedAsync();
        var names = await User.NamesAsync();
        Assert.Equal(names.Distinct(), names);
        Assert.All(names, name => Assert.True(name is "INBOX" or "x" || name.StartsWith("x/", StringComparison.Ordinal)));
    }

    [Fact]
    public virtual async Task Users_of_one_store_do_not_wait_for_each_other_for_ever()
    {
        var users = new List<IUser>();
        for (var i = 0; i < Connections; i++)
        {
            var name = Fixture.NextUsername();
            await Fixture.Users.AddUserAsync(name, Password, Token);
            users.Add(await Fixture.Backend.LoginAsync(name, Password, Token));
        }

        await Task.WhenAll(users.Select(user => Task.Run(
            async () =>
            {
                var box = await user.CreateAsync("a");
                for (var n = 0; n < Rounds; n++)
                    await box.AddAsync(await box.AppendAsync($"Message {n}"), Flag.Seen, Flag.Parse($"k{n}"));
            },
            Token)));

        foreach (var user in users)
            Assert.Equal(Rounds, (await (await user.OpenAsync("a")).UidsAsync()).Length);
    }

    [Fact]
    public virtual async Task A_large_append_holds_up_nobody()
    {
        var gate = new TaskCompletionSource();
        var box = await InboxAsync();
        var slow = (await OpenElsewhereAsync("INBOX")).CreateMessageAsync(new GatedStream(Mail.OfSize(500_000), gate.Task), AppendOptions.Default, Token);

        var uids = await box.AppendManyAsync(3);
        await box.AddAsync(uids[0], Flag.Seen);
        Assert.Equal(uids, await box.UidsAsync());
        Assert.False(slow.IsCompleted);
        gate.SetResult();

        Assert.True((await slow).Uid > uids[2]);
    }

    /// <summary>Swallows the refusals that can come when others change the same names.</summary>
    static async Task AllowedAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (BackendException refusal) when (refusal.Error is BackendError.NoSuchMailbox or BackendError.MailboxAlreadyExists)
        {
            // Somebody else was quicker.
        }
    }

    async Task<long> CountAsync()
    {
        var count = 0L;
        foreach (var name in Names)
            count += (await (await User.OpenAsync(name)).StatusAsync()).Messages!.Value;
        return count;
    }

    /// <summary>That in every mailbox the counters are what a recount gives, and the UIDs are below UIDNEXT.</summary>
    async Task AssertCountedAsync()
    {
        foreach (var info in await User.ListMailboxesAsync(false, Token))
        {
            var box = await User.OpenAsync(info.Name.Value);
            var status = await box.StatusAsync();
            var messages = await box.ListAsync(UidSet.All, FetchAttributes.Flags | FetchAttributes.Size | FetchAttributes.ModSeq);
            Assert.Equal(
                (messages.Count, messages.Count(static message => !message.Flags!.Contains(Flag.Seen)), messages.Sum(static message => message.Size)),
                (status.Messages, status.Unseen, status.Size));
            Assert.All(messages, message => Assert.True(message.Uid < status.UidNext && message.ModSeq <= status.HighestModSeq));
        }
    }
}
