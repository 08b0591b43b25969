using System.Collections.Concurrent;
using System.Threading.Channels;
using Backend.EfCore.Diagnostics;
using Backend.EfCore.Tenancy;
using Microsoft.Extensions.Logging;

namespace Backend.EfCore.Consistency;

/// <summary>
/// Fills the text index some time after appends, a short transaction at a time, and rests longer than it worked: other writes come first. What it
/// does not come to, because the program ends or is killed, waits in the database; the next start goes on with it.
/// </summary>
sealed class TextIndexer : IAsyncDisposable
{
    /// <summary>What arrives within this time is indexed together.</summary>
    static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    static readonly TimeSpan DelayAfterFailure = TimeSpan.FromSeconds(30);

    /// <summary>How many times as long as it worked it rests.</summary>
    const int Rest = 4;

    readonly MailStoreDatabase database;
    readonly TimeProvider clock;
    readonly ILogger logger;
    readonly ConcurrentDictionary<int, bool> users = new();
    readonly Channel<bool> wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly CancellationTokenSource stopping = new();
    readonly SemaphoreSlim preparing = new(1);
    readonly Task loop;
    bool? isUsable;
    string? fault;
    volatile bool full = true;

    public TextIndexer(MailStoreDatabase database, TimeProvider clock, ILogger logger)
    {
        (this.database, this.clock, this.logger) = (database, clock, logger);
        loop = database.Options is { SearchIndex: true, IndexInBackground: true } ? Task.Run(RunAsync) : Task.CompletedTask;
    }

    /// <summary>Messages were appended for this user.</summary>
    public void Wake(int userId)
    {
        users.TryAdd(userId, true);
        wakes.Writer.TryWrite(true);
    }

    /// <summary>Goes on with what an earlier run of the program, or one without index, has left.</summary>
    public void WakeForAll()
    {
        full = true;
        wakes.Writer.TryWrite(true);
    }

    /// <summary>Whether the database has the index; looked up once, as long as the database answers.</summary>
    public async ValueTask<bool> IsUsableAsync(CancellationToken cancellationToken)
    {
        if (isUsable is { } known)
            return known;
        await preparing.WaitAsync(cancellationToken);
        try
        {
            if (isUsable is null)
            {
                fault = await database.ReadAsync(Lease.ForStore, database.Dialect.TextIndex.PrepareAsync, cancellationToken);
                if (fault is not null)
                    logger.IndexMissing(fault);
                isUsable = fault is null;
            }
        }
        finally
        {
            preparing.Release();
        }

        return isUsable.Value;
    }

    /// <summary>See <see cref="IMailStoreDatabase.FillSearchIndexAsync"/>.</summary>
    public async Task<SearchIndexProgress> IndexAllAsync(IProgress<SearchIndexProgress>? progress, CancellationToken cancellationToken)
    {
        if (!database.Options.SearchIndex)
            throw new BackendException(BackendError.Cannot, "The search index is switched off.");
        if (!await IsUsableAsync(cancellationToken))
            throw new BackendException(BackendError.Cannot, $"There is no search index: {fault}");
        var waiting = new Dictionary<int, long>();
        foreach (var userId in await UserIdsAsync(cancellationToken))
            waiting[userId] = await database.ReadAsync(Lease.ForUser(userId), (context, token) => database.Dialect.TextIndex.Waiting(context, userId).LongCountAsync(token), cancellationToken);
        var state = new SearchIndexProgress(0, waiting.Values.Sum());
        progress?.Report(state);
        foreach (var userId in waiting.Keys)
            await IndexAsync(userId, rest: false, Count, cancellationToken);
        return state;

        void Count(int count)
        {
            state = state with { Indexed = state.Indexed + count };
            progress?.Report(state);
        }
    }

    /// <summary>Indexes all texts of a user that wait.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="rest">Whether to let others write in between.</param>
    /// <param name="indexed">Is told of each batch, how many texts it had.</param>
    /// <param name="cancellationToken">Gives up; what was indexed stays so.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> IndexAsync(int userId, bool rest, Action<int>? indexed, CancellationToken cancellationToken)
    {
        if (!await IsUsableAsync(cancellationToken))
            return 0;
        for (var total = 0; ;)
        {
            var started = clock.GetTimestamp();
            var count = await database.WriteAsync(Lease.ForUser(userId), (scope, token) => database.Dialect.TextIndex.FillAsync(scope.Context, userId, token), cancellationToken);
            if (count == 0)
                return total;
            total += count;
            indexed?.Invoke(count);
            if (rest)
                await Task.Delay(Rest * clock.GetElapsedTime(started), clock, cancellationToken);
        }
    }

    /// <summary>Indexes the waiting texts of those who had messages appended since it last came.</summary>
    public async Task IndexWokenAsync(bool rest, CancellationToken cancellationToken)
    {
        foreach (var userId in users.Keys)
        {
            users.TryRemove(userId, out _);
            try
            {
                var count = await IndexAsync(userId, rest, null, cancellationToken);
                if (count > 0)
                    logger.TextsIndexed(count, userId);
            }
            catch
            {
                users.TryAdd(userId, true);
                throw;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested)
            return;
        await stopping.CancelAsync();
        await loop;
        stopping.Dispose();
        preparing.Dispose();
    }

    async Task RunAsync()
    {
        try
        {
            while (await wakes.Reader.WaitToReadAsync(stopping.Token))
            {
                wakes.Reader.TryRead(out _);
                await Task.Delay(Delay, clock, stopping.Token);
                await IndexWaitingAsync();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException || stopping.IsCancellationRequested)
        {
            // The program ends, and with it what a query needs; what is left is indexed next time.
        }
    }

    async Task IndexWaitingAsync()
    {
        try
        {
            if (full)
                await PrepareFullAsync();
            await IndexWokenAsync(rest: true, stopping.Token);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !stopping.IsCancellationRequested)
        {
            logger.IndexingFailed(exception);
            await Task.Delay(DelayAfterFailure, clock, stopping.Token);
            wakes.Writer.TryWrite(true);
        }
    }

    async Task PrepareFullAsync()
    {
        foreach (var userId in await UserIdsAsync(stopping.Token))
            users.TryAdd(userId, true);
        full = false;
    }

    Task<List<int>> UserIdsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(Lease.ForStore, static (context, token) => context.Users.Select(static user => user.Id).ToListAsync(token), cancellationToken);
}
