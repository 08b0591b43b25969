using System.Collections.Concurrent;
using System.Diagnostics;

namespace Backend.Specification.Tests.Changes;

/// <summary>
/// IUpdater between processes: what is done through one store on the same data reaches the sessions of another, after the commit and in its
/// order, and nobody else. What is lost on the way costs only time: a poll finds it. RFC 9051 §5.2; RFC 2177.
/// </summary>
public abstract class SharedUpdatesSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    IBackend? other;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Assert.SkipWhen(Fixture.UpdatesNotShared is not null, Fixture.UpdatesNotShared ?? "");
        other = await Fixture.OpenAgainAsync(Token);
        Assert.NotNull(other);
    }

    [Fact]
    public virtual async Task A_message_that_came_elsewhere_is_an_update_of_its_mailbox()
    {
        await User.CreateAsync("a");
        var there = await OpenInOtherStoreAsync("a");
        using var subscription = Fixture.Updater.Subscribe(Username);

        var uid = await there.AppendAsync("Hello", Flag.Flagged);

        var update = await NextAsync<MailboxUpdate>(subscription);
        Assert.Equal((Username, "a"), (update.Username, update.Mailbox?.Value));
        Assert.True(update.Status?.UidNext is null || update.Status.UidNext > uid);
        var status = await there.StatusAsync();
        Assert.Equal((status.Messages, status.UidValidity, status.Unseen, status.HighestModSeq), (update.Status!.Messages, update.Status.UidValidity, update.Status.Unseen, update.Status.HighestModSeq));
        Assert.Equal("a", update.Status.Name.Value);
    }

    [Fact]
    public virtual async Task Flags_changed_elsewhere_are_one_update_with_their_uids()
    {
        var box = await User.CreateAsync("a");
        var uids = await box.AppendManyAsync(3);
        var there = await OpenInOtherStoreAsync("a");
        using var subscription = Fixture.Updater.Subscribe(Username);

        var stored = await there.StoreAsync(UidSet.From([uids[0], uids[2]]), FlagsOperation.Add, Flag.Seen);

        var update = await NextAsync<MessageUpdate>(subscription);
        Assert.Equal([uids[0], uids[2]], update.Uids.Enumerate());
        Assert.Equal((Username, "a", stored.ModSeq), (update.Username, update.Mailbox?.Value, update.ModSeq));
    }

    [Fact]
    public virtual async Task Messages_expunged_elsewhere_are_one_update_with_their_uids()
    {
        var box = await User.CreateAsync("a");
        var uids = await box.AppendManyAsync(3);
        var there = await OpenInOtherStoreAsync("a");
        await there.StoreAsync(UidSet.From([uids[0], uids[2]]), FlagsOperation.Add, Flag.Deleted);
        using var subscription = Fixture.Updater.Subscribe(Username);

        var expunged = await there.ExpungeAsync();

        var update = await UntilAsync<ExpungeUpdate>(subscription);
        Assert.Equal([uids[0], uids[2]], update.Uids.Enumerate());
        Assert.Equal(("a", expunged.ModSeq), (update.Mailbox?.Value, update.ModSeq));
    }

    [Fact]
    public virtual async Task A_mailbox_created_renamed_or_deleted_elsewhere_is_an_update()
    {
        var there = await LogInToOtherStoreAsync();
        using var subscription = Fixture.Updater.Subscribe(Username);

        await there.CreateAsync("a");
        Assert.Equal(("a", true), Told(await NextAsync<MailboxUpdate>(subscription)));
        await there.RenameAsync("a", "b");
        Assert.Equal(("a", false), Told(await NextAsync<MailboxUpdate>(subscription)));
        Assert.Equal(("b", true), Told(await NextAsync<MailboxUpdate>(subscription)));
        await there.DeleteAsync("b");
        Assert.Equal(("b", false), Told(await NextAsync<MailboxUpdate>(subscription)));

        // Which mailbox, and whether it is there.
        static (string? Name, bool IsThere) Told(MailboxUpdate update) => (update.Mailbox?.Value, update.Status is not null);
    }

    /// <summary>Names are Unicode text of up to 2,600 octets, whatever carries them.</summary>
    [Theory]
    [InlineData("it's \"quoted\" \\ %_*; DROP TABLE")]
    [InlineData("Entw\u00fcrfe/\u4e0b\u66f8\u304d/\U0001F4E7\U0001F468\u200D\U0001F469")]
    [InlineData("a thousand")]
    [InlineData("as long as can be")]
    public virtual async Task Any_name_gets_there(string name)
    {
        name = name switch
        {
            "a thousand" => new string('n', 1000),
            "as long as can be" => string.Concat(Enumerable.Repeat("\U0001F4E7", MailboxName.MaxLength / 4)),
            _ => name,
        };
        var there = await LogInToOtherStoreAsync();
        using var subscription = Fixture.Updater.Subscribe(Username);

        var uid = await (await there.CreateAsync(name)).AppendAsync();
        await (await there.OpenAsync(name)).AddAsync(uid, Flag.Seen);

        Assert.Equal(name, (await NextAsync<MailboxUpdate>(subscription)).Mailbox?.Value);
        Assert.Equal(name, (await UntilAsync<MessageUpdate>(subscription)).Mailbox?.Value);
    }

    /// <summary>So many that they do not fit: the mailbox is named all the same, and a poll finds them.</summary>
    [Fact]
    public virtual async Task A_change_of_very_many_messages_is_at_least_a_hint()
    {
        var box = await User.CreateAsync("a");
        await box.AppendManyAsync(1500);
        await box.StoreAsync(UidSet.All, FlagsOperation.Add, Flag.Flagged);
        var since = (await box.SelectAsync()).HighestModSeq;
        var odd = UidSet.From((await box.UidsAsync()).Where(static uid => uid.Value % 2 == 1));
        var there = await OpenInOtherStoreAsync("a");
        using var subscription = Fixture.Updater.Subscribe(Username);

        await there.StoreAsync(odd, FlagsOperation.Remove, Flag.Flagged);

        var update = await NextAsync<Update>(subscription);
        Assert.Equal((Username, "a"), (update.Username, update.Mailbox?.Value));
        Assert.Equal(750, (await box.PollAsync(since))!.Changed.Length);
    }

    [Fact]
    public virtual async Task Other_users_hear_nothing_from_elsewhere()
    {
        var name = Fixture.NextUsername();
        await Fixture.Users.AddUserAsync(name, Password, Token);
        using var others = Fixture.Updater.Subscribe(name);
        using var mine = Fixture.Updater.Subscribe(Username);

        var there = await OpenInOtherStoreAsync("INBOX");
        await there.DiscardAsync(await there.AppendAsync());

        await UntilAsync<ExpungeUpdate>(mine);
        await Task.Delay(100, Token);
        Assert.False(others.Updates.TryRead(out _));
    }

    /// <summary>A change of one's own is heard once, and not again by way of the others.</summary>
    [Fact]
    public virtual async Task What_is_done_here_comes_back_from_nowhere()
    {
        var there = await OpenInOtherStoreAsync("INBOX");
        using var subscription = Fixture.Updater.Subscribe(Username);

        await (await InboxAsync()).AppendAsync();
        await NextAsync<MailboxUpdate>(subscription);
        var uid = await there.AppendAsync();
        await NextAsync<MailboxUpdate>(subscription);
        await there.AddAsync(uid, Flag.Seen);

        await NextAsync<MessageUpdate>(subscription);
    }

    /// <summary>Whoever looks because of an update must find the change, and each update is of a later one.</summary>
    [Fact]
    public virtual async Task Updates_from_elsewhere_come_after_the_commit_and_in_its_order()
    {
        var box = await InboxAsync();
        var since = (await box.SelectAsync()).HighestModSeq;
        using var subscription = Fixture.Updater.Subscribe(Username);
        var there = await OpenInOtherStoreAsync("INBOX");
        var acting = Task.Run(
            async () =>
            {
                var last = ModSeq.Zero;
                for (var i = 0; i < 40; i++)
                {
                    var uid = await there.AppendAsync();
                    last = (await there.AddAsync(uid, i % 2 == 0 ? Flag.Deleted : Flag.Seen)).ModSeq!.Value;
                    if (i % 4 == 2)
                        last = (await there.ExpungeAsync()).ModSeq!.Value;
                }

                return last;
            },
            Token);

        var told = new List<ModSeq>();
        do
        {
            told.Add(ModSeqOf(await NextAsync<Update>(subscription)));
            if (await box.PollAsync(since) is { } changes)
                since = changes.HighestModSeq;
            Assert.True(since >= told[^1], "The update came before its commit could be seen.");
        }
        while (!acting.IsCompleted || told[^1] < await acting);

        Assert.Equal(told.Distinct().Order(), told);
    }

    /// <summary>Several writers in both stores. A session that only looks when it is told to ends with the picture that the store has.</summary>
    [Fact]
    public virtual async Task Who_follows_the_updates_ends_with_what_is_there()
    {
        var box = await InboxAsync();
        using var subscription = Fixture.Updater.Subscribe(Username);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var since = (await box.SelectAsync()).HighestModSeq;
        var picture = new ConcurrentDictionary<Uid, string>();
        var following = FollowAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => WriteAsync(i), Token)));
        var there = (await (await OpenInOtherStoreAsync("INBOX")).ListAsync(UidSet.All, FetchAttributes.Flags)).ToDictionary(static message => message.Uid, static message => Flags(message.Flags!));
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience && Text(picture) != Text(there);)
            await Task.Delay(10, Token);

        Assert.Equal(Text(there), Text(picture));
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);

        async Task FollowAsync()
        {
            await foreach (var update in subscription.Updates.ReadAllAsync(end.Token))
            {
                update.Done();
                if (await box.PollAsync(since) is not { } changes)
                    continue;
                since = changes.HighestModSeq;
                foreach (var message in changes.Changed)
                    picture[message.Uid] = Flags(message.Flags);
                foreach (var gone in picture.Keys.Where(uid => changes.Expunged.Contains(uid, Uid.MaxValue)))
                    picture.TryRemove(gone, out _);
            }
        }

        async Task WriteAsync(int number)
        {
            var mine = number % 2 == 0 ? await OpenInOtherStoreAsync("INBOX") : await OpenElsewhereAsync("INBOX");
            for (var i = 0; i < 50; i++)
            {
                var uid = await mine.AppendAsync();
                await mine.AddAsync(uid, i % 3 == 0 ? Flag.Deleted : Flag.Parse($"k{number}"));
                if (i % 10 == 9)
                    await mine.ExpungeAsync();
            }
        }
    }

    static string Text(IEnumerable<KeyValuePair<Uid, string>> picture) => string.Join('\n', picture.OrderBy(static message => message.Key).Select(static message => $"{message.Key} {message.Value}"));

    static string Flags(FlagSet flags) => string.Join(' ', flags.Select(static flag => flag.Name).Where(static name => name != "\\Recent").Order(StringComparer.Ordinal));

    static ModSeq ModSeqOf(Update update) => update switch
    {
        MailboxUpdate mailbox => mailbox.Status!.HighestModSeq!.Value,
        MessageUpdate message => message.ModSeq,
        ExpungeUpdate expunge => expunge.ModSeq,
        _ => throw new InvalidOperationException($"{update} has no modification sequence."),
    };

    Task<IUser> LogInToOtherStoreAsync() => other!.LoginAsync(Username, Password, Token);

    async Task<IMailbox> OpenInOtherStoreAsync(string name) => await (await LogInToOtherStoreAsync()).OpenAsync(name);

    static async Task<TUpdate> NextAsync<TUpdate>(IUpdateSubscription subscription)
        where TUpdate : Update
    {
        var update = await subscription.Updates.ReadAsync(Token).AsTask().WaitAsync(Patience, Token);
        update.Done();
        return Assert.IsAssignableFrom<TUpdate>(update);
    }

    static async Task<TUpdate> UntilAsync<TUpdate>(IUpdateSubscription subscription)
        where TUpdate : Update
    {
        while (true)
            if (await NextAsync<Update>(subscription) is TUpdate update)
                return update;
    }
}
