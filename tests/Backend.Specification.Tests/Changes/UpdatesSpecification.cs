namespace Backend.Specification.Tests.Changes;

/// <summary>
/// IUpdater: every change of one connection reaches the user's others, after the commit and in its order, and nobody else.
/// RFC 9051 §5.2, §7.5.1; RFC 2177.
/// </summary>
public abstract class UpdatesSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task A_message_that_came_is_an_update_of_its_mailbox()
    {
        var box = await User.CreateAsync("a");
        using var subscription = Fixture.Updater.Subscribe(Username);

        var uid = await box.AppendAsync();

        var update = await NextAsync<MailboxUpdate>(subscription);
        Assert.Equal((Username, "a"), (update.Username, update.Mailbox?.Value));
        Assert.True(update.Status is null or { UidNext: null } || update.Status.UidNext > uid);
    }

    [Fact]
    public virtual async Task Changed_flags_are_one_update_with_their_uids()
    {
        var box = await User.CreateAsync("a");
        var uids = await box.AppendManyAsync(3);
        using var subscription = Fixture.Updater.Subscribe(Username);

        var stored = await box.StoreAsync(UidSet.From([uids[0], uids[2]]), FlagsOperation.Add, Flag.Seen);

        var update = await NextAsync<MessageUpdate>(subscription);
        Assert.Equal([uids[0], uids[2]], update.Uids.Enumerate());
        Assert.Equal((Username, "a", stored.ModSeq), (update.Username, update.Mailbox?.Value, update.ModSeq));
        await AssertSilentAsync(subscription);
    }

    [Fact]
    public virtual async Task Expunged_messages_are_one_update_with_their_uids()
    {
        var box = await User.CreateAsync("a");
        var uids = await box.AppendManyAsync(3);
        await box.StoreAsync(UidSet.From([uids[0], uids[2]]), FlagsOperation.Add, Flag.Deleted);
        using var subscription = Fixture.Updater.Subscribe(Username);

        var expunged = await box.ExpungeAsync();

        var update = await NextAsync<ExpungeUpdate>(subscription);
        Assert.Equal([uids[0], uids[2]], update.Uids.Enumerate());
        Assert.Equal(("a", expunged.ModSeq), (update.Mailbox?.Value, update.ModSeq));
        await AssertSilentAsync(subscription);
    }

    [Fact]
    public virtual async Task A_copy_is_an_update_of_the_destination()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();
        await User.CreateAsync("b");
        using var subscription = Fixture.Updater.Subscribe(Username);

        await box.CopyAsync(UidSet.All, "b");

        Assert.Equal("b", (await NextAsync<MailboxUpdate>(subscription)).Mailbox?.Value);
        await AssertSilentAsync(subscription);
    }

    [Fact]
    public virtual async Task A_move_is_an_update_of_both()
    {
        var box = await User.CreateAsync("a");
        var uid = await box.AppendAsync();
        await User.CreateAsync("b");
        using var subscription = Fixture.Updater.Subscribe(Username);

        await box.MoveAsync(UidSet.All, "b");

        Update[] updates = [await NextAsync<Update>(subscription), await NextAsync<Update>(subscription)];
        Assert.Equal("b", Assert.Single(updates.OfType<MailboxUpdate>()).Mailbox?.Value);
        var expunge = Assert.Single(updates.OfType<ExpungeUpdate>());
        Assert.Equal("a", expunge.Mailbox?.Value);
        Assert.Equal([uid], expunge.Uids.Enumerate());
    }

    [Fact]
    public virtual async Task A_mailbox_created_renamed_subscribed_or_deleted_is_an_update()
    {
        using var subscription = Fixture.Updater.Subscribe(Username);

        await User.CreateAsync("a");
        Assert.Equal(("a", true), Told(await NextAsync<MailboxUpdate>(subscription)));
        await User.SubscribeAsync("a");
        Assert.Equal(("a", true), Told(await NextAsync<MailboxUpdate>(subscription)));
        await User.RenameAsync("a", "b");
        Assert.Equal(("a", false), Told(await NextAsync<MailboxUpdate>(subscription)));
        Assert.Equal(("b", true), Told(await NextAsync<MailboxUpdate>(subscription)));
        await User.DeleteAsync("b");
        Assert.Equal(("b", false), Told(await NextAsync<MailboxUpdate>(subscription)));

        // Which mailbox, and whether it is there.
        static (string? Name, bool IsThere) Told(MailboxUpdate update) => (update.Mailbox?.Value, update.Status is not null);
    }

    [Fact]
    public virtual async Task Renaming_INBOX_is_an_update_of_both()
    {
        await (await InboxAsync()).AppendAsync();
        using var subscription = Fixture.Updater.Subscribe(Username);

        await User.RenameAsync("INBOX", "a");

        var updates = new[] { await NextAsync<MailboxUpdate>(subscription), await NextAsync<MailboxUpdate>(subscription) };
        Assert.Equal(0, Assert.Single(updates, static update => update.Mailbox == MailboxName.Inbox).Status?.Messages);
        Assert.Equal(1, Assert.Single(updates, static update => update.Mailbox == MailboxName.Parse("a")).Status?.Messages);
    }

    [Fact]
    public virtual async Task Every_connection_of_the_user_hears_also_the_one_that_did_it()
    {
        var box = await OpenElsewhereAsync("INBOX");
        using var first = Fixture.Updater.Subscribe(Username);
        using var second = Fixture.Updater.Subscribe(User.Username);

        await box.AppendAsync();

        Assert.Same(await NextAsync<MailboxUpdate>(first), await NextAsync<MailboxUpdate>(second));
    }

    [Fact]
    public virtual async Task Other_users_hear_nothing()
    {
        var name = Fixture.NextUsername();
        await Fixture.Users.AddUserAsync(name, Password, Token);
        using var other = Fixture.Updater.Subscribe(name);
        using var mine = Fixture.Updater.Subscribe(Username);

        var uid = await (await InboxAsync()).AppendAsync();
        await (await InboxAsync()).DiscardAsync(uid);

        await NextAsync<Update>(mine);
        await AssertSilentAsync(other);
    }

    [Fact]
    public virtual async Task What_changes_nothing_is_no_update()
    {
        var box = await User.CreateAsync("a");
        var uid = await box.AppendAsync("Seen", Flag.Seen);
        using var subscription = Fixture.Updater.Subscribe(Username);

        await box.AddAsync(uid, Flag.Seen);
        await box.ExpungeAsync();
        await box.CopyAsync(UidSet.Empty, "a");
        await box.ListAsync(UidSet.All, FetchItems.WholeBody);
        await RefusedAsync(BackendError.NoSuchMailbox, () => box.CopyAsync(UidSet.All, "missing"));
        await RefusedAsync(BackendError.MailboxAlreadyExists, () => User.CreateAsync("a"));

        await AssertSilentAsync(subscription);
    }

    [Fact]
    public virtual async Task Updates_come_in_the_order_of_commits()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync();
        using var subscription = Fixture.Updater.Subscribe(Username);

        await AtOnceAsync(4, async (user, i) =>
        {
            var mine = await user.OpenAsync("INBOX");
            for (var n = 0; n < 10; n++)
                await mine.StoreAsync(UidSet.Of(uid), n % 2 == 0 ? FlagsOperation.Add : FlagsOperation.Remove, Flag.Parse($"k{i}"));
        });

        var modSeqs = new List<ModSeq>();
        for (var i = 0; i < 40; i++)
            modSeqs.Add((await NextAsync<MessageUpdate>(subscription)).ModSeq);
        Assert.Equal(modSeqs.Distinct().Order(), modSeqs);
    }

    /// <summary>An update is a hint to look: whoever looks must find the change.</summary>
    [Fact]
    public virtual async Task An_update_comes_after_the_commit()
    {
        var box = await InboxAsync();
        var selected = await box.SelectAsync();
        using var subscription = Fixture.Updater.Subscribe(Username);
        var appending = Task.Run(async () => await (await OpenElsewhereAsync("INBOX")).AppendManyAsync(10), Token);

        var (since, seen) = (selected.HighestModSeq, 0);
        while (seen < 10)
        {
            await NextAsync<Update>(subscription);
            if (await box.PollAsync(since) is { } changes)
            {
                since = changes.HighestModSeq;
                seen += changes.Changed.Length;
            }
        }

        Assert.Equal(await appending, await box.UidsAsync());
    }

    [Fact]
    public virtual async Task An_update_is_complete_when_every_subscriber_has_told_its_client()
    {
        using var first = Fixture.Updater.Subscribe(Username);
        using var second = Fixture.Updater.Subscribe(Username);
        await (await InboxAsync()).AppendAsync();
        var update = await ReadAsync(first);

        update.Done();
        Assert.False(update.Completion.IsCompleted);
        (await ReadAsync(second)).Done();

        await update.Completion.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    [Fact]
    public virtual async Task Who_has_gone_is_not_waited_for()
    {
        using var first = Fixture.Updater.Subscribe(Username);
        var second = Fixture.Updater.Subscribe(Username);
        await (await InboxAsync()).AppendManyAsync(3);
        Update[] updates = [await ReadAsync(first), await ReadAsync(first), await ReadAsync(first)];
        foreach (var update in updates)
            update.Done();
        Assert.All(updates, static update => Assert.False(update.Completion.IsCompleted));

        second.Dispose();

        await UpdateTasks.WhenAllDispatchedAsync(updates, Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    [Fact]
    public virtual async Task A_subscription_that_was_disposed_of_ends()
    {
        var subscription = Fixture.Updater.Subscribe(Username);
        subscription.Dispose();
        subscription.Dispose();

        await (await InboxAsync()).AppendAsync();

        while (subscription.Updates.TryRead(out _))
            Assert.Fail("An update came after the end.");
        Assert.False(await subscription.Updates.WaitToReadAsync(Token));
    }

    [Fact]
    public virtual async Task What_happened_before_is_not_told()
    {
        await (await InboxAsync()).AppendAsync();

        using var subscription = Fixture.Updater.Subscribe(Username);

        await AssertSilentAsync(subscription);
    }

    /// <summary>A client that has gone to sleep must not fill the memory, nor hold up anybody: it only loses the oldest hints.</summary>
    [Fact]
    public virtual async Task A_subscriber_that_does_not_read_loses_the_oldest_only()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync();
        using var sleeping = Fixture.Updater.Subscribe(Username);
        var count = (Fixture.MaxUpdatesHeld ?? 300) + 20;

        var last = ModSeq.Zero;
        for (var i = 0; i < count; i++)
            last = (i % 2 == 0 ? await box.AddAsync(uid, Flag.Seen) : await box.RemoveAsync(uid, Flag.Seen)).ModSeq!.Value;

        var kept = await DrainAsync(sleeping);
        var modSeqs = kept.Cast<MessageUpdate>().Select(static update => update.ModSeq).ToList();
        Assert.Equal(last, modSeqs[^1]);
        Assert.Equal(modSeqs.Distinct().Order(), modSeqs);
        Assert.Equal(Fixture.MaxUpdatesHeld ?? modSeqs.Count, modSeqs.Count);
    }

    [Fact]
    public virtual async Task What_was_taken_from_a_subscriber_that_does_not_read_counts_as_told()
    {
        Assert.SkipWhen(Fixture.MaxUpdatesHeld is null, "How many updates a subscription holds is not known.");
        var box = await InboxAsync();
        var uid = await box.AppendAsync();
        using var sleeping = Fixture.Updater.Subscribe(Username);
        using var awake = Fixture.Updater.Subscribe(Username);

        await box.AddAsync(uid, Flag.Seen);
        var first = await ReadAsync(awake);
        first.Done();
        Assert.False(first.Completion.IsCompleted);
        for (var i = 0; i < Fixture.MaxUpdatesHeld; i++)
            await (i % 2 == 1 ? box.AddAsync(uid, Flag.Seen) : box.RemoveAsync(uid, Flag.Seen));

        await first.Completion.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    [Fact]
    public virtual async Task Without_subscribers_nobody_is_waited_for()
    {
        var box = await InboxAsync();
        for (var i = 0; i < 5; i++)
            Fixture.Updater.Subscribe(Username).Dispose();

        await box.AppendAsync();

        Assert.Single(await box.UidsAsync());
    }

    static async Task<Update> ReadAsync(IUpdateSubscription subscription) =>
        await subscription.Updates.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);

    static async Task<TUpdate> NextAsync<TUpdate>(IUpdateSubscription subscription)
        where TUpdate : Update
    {
        var update = await ReadAsync(subscription);
        update.Done();
        return Assert.IsAssignableFrom<TUpdate>(update);
    }

    /// <summary>What waits; an update that is still on its way is given a moment.</summary>
    static async Task<List<Update>> DrainAsync(IUpdateSubscription subscription)
    {
        await Task.Delay(100, Token);
        var updates = new List<Update>();
        while (subscription.Updates.TryRead(out var update))
        {
            update.Done();
            updates.Add(update);
        }

        return updates;
    }

    static async Task AssertSilentAsync(IUpdateSubscription subscription) => Assert.Empty(await DrainAsync(subscription));
}
