using System.Collections.Concurrent;
using System.Threading.Channels;
using Backend.EfCore.Diagnostics;
using Backend.EfCore.Tenancy;
using Microsoft.Extensions.Logging;

namespace Backend.EfCore.Consistency;

/// <summary>
/// Removes, some time after an expunge, the contents that no message of the user refers to any longer; once a day those of all users,
/// which a crash may have left, and what is old in the log of changes. It looks in a reading transaction, waits, and looks again in the
/// writing one, so no append or copy comes between the look and the deed.
/// </summary>
sealed class ContentSweep : IAsyncDisposable
{
    /// <summary>A session that listed a message shortly before its expunge can still read it for this long.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    static readonly TimeSpan FullSweepInterval = TimeSpan.FromDays(1);

    /// <summary>How many contents are removed before other writes have their turn.</summary>
    const int Batch = 100;

    readonly MailStoreDatabase database;
    readonly TimeProvider clock;
    readonly ILogger logger;
    readonly ConcurrentDictionary<int, bool> users = new();
    readonly Channel<bool> wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly CancellationTokenSource stopping = new();
    readonly ITimer timer;
    readonly Task loop;
    volatile bool full = true;

    public ContentSweep(MailStoreDatabase database, TimeProvider clock, ILogger logger)
    {
        (this.database, this.clock, this.logger) = (database, clock, logger);
        timer = clock.CreateTimer(_ => WakeForAll(), null, FullSweepInterval, FullSweepInterval);
        loop = Task.Run(RunAsync);
    }

    /// <summary>Messages of this user were expunged.</summary>
    public void Wake(int userId)
    {
        users.TryAdd(userId, true);
        wakes.Writer.TryWrite(true);
    }

    /// <summary>Removes the contents of a user that no message refers to.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> SweepAsync(int userId, CancellationToken cancellationToken) =>
        await RemoveAsync(userId, await FindAsync(userId, cancellationToken), cancellationToken);

    /// <summary>Removes what is old in the logs of a user's changes; each mailbox remembers up to where.</summary>
    /// <returns>In how many mailboxes there was something.</returns>
    public async Task<int> PruneAsync(int userId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var lease = Lease.ForUser(userId);
        var mailboxes = await database.ReadAsync(lease, (context, token) => FindOldAsync(context, userId, before, token), cancellationToken);
        // One at a time, so that no mailbox is held up by the others.
        foreach (var mailbox in mailboxes)
            await database.WriteAsync(lease, (scope, token) => PruneAsync(scope.Context, userId, mailbox, token), cancellationToken);
        return mailboxes.Count;
    }

    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested)
            return;
        await timer.DisposeAsync();
        await stopping.CancelAsync();
        await loop;
        stopping.Dispose();
    }

    Task<long[]> FindAsync(int userId, CancellationToken cancellationToken) =>
        database.ReadAsync(Lease.ForUser(userId), (context, token) => Unused(context, userId).Select(static content => content.ContentId).ToArrayAsync(token), cancellationToken);

    async Task<int> RemoveAsync(int userId, long[] contents, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var batch in contents.Chunk(Batch))
            removed += await database.WriteAsync(
                Lease.ForUser(userId),
                (scope, token) => Unused(scope.Context, userId).Where(content => EF.Parameter(batch).Contains(content.ContentId)).ExecuteDeleteAsync(token),
                cancellationToken);
        return removed;
    }

    /// <summary>The mailboxes whose logs have old changes, and the last of these.</summary>
    static Task<List<OldChanges>> FindOldAsync(MailStoreContext context, int userId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var limit = before.ToUnixTimeSeconds();
        return context.MailboxChanges
            .Where(change => change.UserId == userId && change.ChangedAt < limit)
            .GroupBy(static change => change.MailboxId)
            .Select(static changes => new OldChanges(changes.Key, changes.Max(static change => change.ModSeq)))
            .ToListAsync(cancellationToken);
    }

    static async Task<int> PruneAsync(MailStoreContext context, int userId, OldChanges mailbox, CancellationToken cancellationToken)
    {
        await context.Mailboxes
            .Where(each => each.UserId == userId && each.MailboxId == mailbox.MailboxId && each.PrunedModSeq < mailbox.ModSeq)
            .ExecuteUpdateAsync(set => set.SetProperty(static each => each.PrunedModSeq, mailbox.ModSeq), cancellationToken);
        return await context.MailboxChanges
            .Where(change => change.UserId == userId && change.MailboxId == mailbox.MailboxId && change.ModSeq <= mailbox.ModSeq)
            .ExecuteDeleteAsync(cancellationToken);
    }

    static IQueryable<Entities.ContentEntity> Unused(MailStoreContext context, int userId) =>
        context.Contents.Where(content => content.UserId == userId && !context.Messages.Any(message => message.UserId == userId && message.ContentId == content.ContentId));

    void WakeForAll()
    {
        full = true;
        wakes.Writer.TryWrite(true);
    }

    async Task RunAsync()
    {
        try
        {
            while (await wakes.Reader.WaitToReadAsync(stopping.Token))
            {
                wakes.Reader.TryRead(out _);
                await SweepWaitingAsync();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException || stopping.IsCancellationRequested)
        {
            // The program ends, and with it what a query needs; what is left is swept next time.
        }
    }

    /// <summary>Looks at once and removes after the time of grace, so that nothing goes that was referred to a moment ago.</summary>
    async Task SweepWaitingAsync()
    {
        var unused = new Dictionary<int, long[]>();
        try
        {
            if (full)
                await PrepareFullAsync();
            foreach (var userId in users.Keys)
            {
                unused.Add(userId, []);
                users.TryRemove(userId, out _);
                unused[userId] = await FindAsync(userId, stopping.Token);
            }

            await Task.Delay(Grace, clock, stopping.Token);
            foreach (var (userId, contents) in unused)
                logger.ContentsSwept(await RemoveAsync(userId, contents, stopping.Token), userId);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !stopping.IsCancellationRequested)
        {
            logger.SweepFailed(exception);
            await Task.Delay(Grace, clock, stopping.Token);
            foreach (var userId in unused.Keys)
                Wake(userId);
            wakes.Writer.TryWrite(true);
        }
    }

    async Task PrepareFullAsync()
    {
        var all = await database.ReadAsync(Lease.ForStore, static (context, token) => context.Users.Select(static user => user.Id).ToListAsync(token), stopping.Token);
        foreach (var userId in all)
        {
            users.TryAdd(userId, true);
            await PruneAsync(userId, database.Now - database.Options.ChangeRetention, stopping.Token);
        }

        full = false;
    }

    readonly record struct OldChanges(int MailboxId, long ModSeq);
}
