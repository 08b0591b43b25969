using System.Collections.Concurrent;
using System.Diagnostics;
using Backend.Specification.Tests.Steps;

namespace Backend.Postgres.Tests.Updates;

/// <summary>A session that looks into its mailbox when it is told to, and never otherwise: it knows what a client in IDLE knows.</summary>
sealed class Follower : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly IMailbox mailbox;
    readonly IUpdateSubscription subscription;
    readonly ConcurrentDictionary<Uid, string> picture = new();
    readonly ConcurrentQueue<string> heard = new();
    readonly CancellationTokenSource end = new();
    ModSeq since;
    Task following = Task.CompletedTask;

    Follower(IMailbox mailbox, IUpdateSubscription subscription) => (this.mailbox, this.subscription) = (mailbox, subscription);

    /// <summary>The updates that came, in few words.</summary>
    public IReadOnlyList<string> Heard => [.. heard];

    /// <summary>Subscribes, waits until the store hears others, and looks for the first time.</summary>
    public static async Task<Follower> StartAsync(PostgresStore store, string username = "alice", bool mustListen = true)
    {
        var mailbox = await (await store.Users.OpenUserAsync(username, PostgresStore.Token)).OpenAsync("INBOX");
        var follower = new Follower(mailbox, store.Updater.Subscribe(username));
        if (mustListen)
            (await follower.subscription.Updates.ReadAsync(PostgresStore.Token).AsTask().WaitAsync(Patience, PostgresStore.Token)).Done();
        follower.since = (await mailbox.SelectAsync()).HighestModSeq;
        follower.following = follower.FollowAsync();
        return follower;
    }

    /// <summary>Waits until it knows what is there.</summary>
    public async Task AssertArrivesAsync(IMailbox there)
    {
        var expected = Text((await there.ListAsync(UidSet.All, FetchAttributes.Flags)).Select(static message => KeyValuePair.Create(message.Uid, Flags(message.Flags!))));
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience && Text(picture) != expected && !following.IsCompleted;)
            await Task.Delay(10, PostgresStore.Token);
        Assert.Equal(expected, Text(picture));
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await following;
        subscription.Dispose();
        end.Dispose();
    }

    async Task FollowAsync()
    {
        try
        {
            while (true)
                await LookAsync(await subscription.Updates.ReadAsync(end.Token));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    async Task LookAsync(Update update)
    {
        update.Done();
        heard.Enqueue(Some.Describe(update));
        MailboxChanges? changes;
        try
        {
            changes = await mailbox.PollAsync(since);
        }
        catch (BackendException refusal) when (refusal.Error == BackendError.Unavailable)
        {
            return;
        }

        if (changes is null)
            return;
        since = changes.HighestModSeq;
        foreach (var message in changes.Changed)
            picture[message.Uid] = Flags(message.Flags);
        foreach (var gone in picture.Keys.Where(uid => changes.Expunged.Contains(uid, Uid.MaxValue)))
            picture.TryRemove(gone, out _);
    }

    static string Text(IEnumerable<KeyValuePair<Uid, string>> messages) => string.Join('\n', messages.OrderBy(static message => message.Key).Select(static message => $"{message.Key} {message.Value}"));

    static string Flags(FlagSet flags) => string.Join(' ', flags.WithoutRecent().Select(static flag => flag.Name).Order(StringComparer.Ordinal));
}
