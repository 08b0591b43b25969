using System.Data.Common;
using System.Security.Cryptography;
using Backend.EfCore.Consistency;
using Backend.EfCore.Diagnostics;
using Backend.EfCore.Dialect;
using Backend.EfCore.Queries;
using Backend.EfCore.Sharing;
using Backend.EfCore.Tenancy;
using Backend.EfCore.Updates;
using Backend.EfCore.Writing;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace Backend.EfCore;

/// <summary>
/// The database as the store's operations use it: reading on a pooled context, writing in a transaction that is committed in order and
/// retried in this one place, and no exception of a driver or of EF Core getting out. Thread-safe.
/// </summary>
sealed class MailStoreDatabase : IMailStoreDatabase, IAsyncDisposable
{
    /// <summary>How often a transaction that lost against another is run again before its caller hears of it.</summary>
    const int MaxAttempts = 10;

    /// <summary>How often one is that a key refused. Who was quicker with it is seen by the second attempt, unless somebody else was quicker again.</summary>
    const int MaxAttemptsAtKeys = 3;

    /// <summary>How often one is whose connection broke. When the server was started anew, every connection in the pool is dead; the first to notice empties it.</summary>
    const int MaxAttemptsAtConnections = 3;

    readonly IDbContextFactory<MailStoreContext> contexts;
    readonly TimeProvider clock;
    readonly ILogger<MailStoreDatabase> logger;
    readonly WriteQueue[] lanes;
    readonly CommitOrder order;
    readonly UpdateRelay? relay;

    public MailStoreDatabase(IDbContextFactory<MailStoreContext> contexts, MailStoreDialect dialect, MailStoreOptions options, TimeProvider clock, ILogger<MailStoreDatabase> logger)
    {
        (this.contexts, this.clock, this.logger) = (contexts, clock, logger);
        (Dialect, Options) = (dialect, options);
        relay = options.Notifications is { } notifications ? new UpdateRelay(notifications, Updates, clock, logger) : null;
        order = new CommitOrder(Publish);
        lanes = [.. Enumerable.Range(0, dialect.WriteLanes).Select(_ => new WriteQueue(this, logger))];
        Sessions = new SessionCheck(this, clock);
        Guests = new GuestCheck(this);
        Sweep = new ContentSweep(this, clock, logger);
        TextIndexer = new TextIndexer(this, clock, logger);
    }

    public MailStoreDialect Dialect { get; }

    public MailStoreOptions Options { get; }

    public CompiledQueries Queries { get; } = new();

    public UpdateHub Updates { get; } = new();

    public ContentSweep Sweep { get; }

    public SessionCheck Sessions { get; }

    public GuestCheck Guests { get; }

    public TextIndexer TextIndexer { get; }

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Reads on a context of its own what the lease lets be seen.</summary>
    public async Task<TResult> ReadAsync<TResult>(Lease lease, Func<MailStoreContext, CancellationToken, Task<TResult>> query, CancellationToken cancellationToken)
    {
        await Sessions.RequireActiveAsync(lease, cancellationToken);
        return await ReadOnContextAsync(lease, lease.Guest is null ? query : ReadAsGuestAsync, cancellationToken);

        async Task<TResult> ReadAsGuestAsync(MailStoreContext context, CancellationToken token)
        {
            await Guests.RequireForReadingAsync(context, lease, token);
            return await query(context, token);
        }
    }

    /// <summary>Reads on a context of its own, all queries seeing one state of the database.</summary>
    public Task<TResult> ReadConsistentlyAsync<TResult>(Lease lease, Func<MailStoreContext, CancellationToken, Task<TResult>> queries, CancellationToken cancellationToken) =>
        ReadAsync(
            lease,
            async (context, token) =>
            {
                await using var transaction = await Dialect.BeginReadAsync(context, token);
                return await queries(context, token);
            },
            cancellationToken);

    /// <summary>
    /// Writes. The operation may be run several times; when the task completes it is committed, when it fails nothing of it is there.
    /// </summary>
    public async Task<TResult> WriteAsync<TResult>(Lease lease, Func<WriteScope, CancellationToken, Task<TResult>> operation, CancellationToken cancellationToken)
    {
        await Sessions.RequireActiveAsync(lease, cancellationToken);
        var allowed = lease.Guest is null ? operation : WriteAsGuestAsync;
        if (!Dialect.HasSingleWriter)
            return await WriteDirectlyAsync(lease, allowed, cancellationToken);
        var write = new PendingOperation<TResult>(lease, allowed, cancellationToken);
        await EnqueueAsync(write, cancellationToken);
        return await write.Task;

        async Task<TResult> WriteAsGuestAsync(WriteScope scope, CancellationToken token)
        {
            await Guests.RequireForWritingAsync(scope.Context, lease, token);
            return await operation(scope, token);
        }
    }

    /// <summary>Puts a write in line that can be done together with others of its kind.</summary>
    public async ValueTask EnqueueAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        await Sessions.RequireActiveAsync(write.Lease, cancellationToken);
        await lanes[(uint)write.Lane % lanes.Length].EnqueueAsync(write, cancellationToken);
    }

    /// <summary>Runs a transaction to its commit, and again from the start when another was in the way. Then publishes its updates.</summary>
    public async Task<TResult> TransactAsync<TResult>(Lease lease, Func<WriteScope, CancellationToken, Task<TResult>> operation, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var isDecided = false;
            try
            {
                return await OnContextAsync(lease, TransactOnceAsync, cancellationToken);
            }
            catch (Exception exception) when (IsWorthAnotherAttempt(FailureOf(exception), attempt, isDecided))
            {
                logger.TransactionRetried(attempt, exception);
                // Whoever was quicker with a key is done. Those who collided collide again unless they wait, each as long as chance will have it.
                if (FailureOf(exception) == DatabaseFailure.Conflict)
                    await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(1, 5 << attempt)), clock, cancellationToken);
            }

            async Task<TResult> TransactOnceAsync(MailStoreContext context, CancellationToken token)
            {
                context.Database.AutoSavepointsEnabled = false;
                await using var transaction = await Dialect.BeginWriteAsync(context, token);
                var scope = new WriteScope(context, Now);
                var result = await operation(scope, token);
                // From here on a broken connection does not tell whether it was committed.
                isDecided = true;
                await CommitAsync(transaction, scope);
                return result;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        var applied = await ApplyMigrationsAsync(cancellationToken);
        foreach (var advice in await GetAdviceAsync(cancellationToken))
            logger.DatabaseAdvice(advice);
        TextIndexer.WakeForAll();
        return applied;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> GetAdviceAsync(CancellationToken cancellationToken) => ReadOnContextAsync(null, Dialect.AdviseAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(CancellationToken cancellationToken) =>
        ReadOnContextAsync(null, async (context, token) => (await CheckSchemaAsync(context, create: false, token)).Exists, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> GetPendingMigrationsAsync(CancellationToken cancellationToken) =>
        ReadOnContextAsync(null, async (context, token) => (await CheckSchemaAsync(context, create: false, token)).Pending, cancellationToken);

    /// <inheritdoc/>
    public Task<SearchIndexProgress> FillSearchIndexAsync(IProgress<SearchIndexProgress>? progress, CancellationToken cancellationToken) =>
        TextIndexer.IndexAllAsync(progress, cancellationToken);

    /// <summary>Makes of any exception the one that may leave the store.</summary>
    public Exception Translate(Exception exception)
    {
        if (exception is BackendException or OperationCanceledException)
            return exception;
        var failure = FailureOf(exception);
        if (failure is null)
            return exception;
        logger.DatabaseFailed(exception);
        return failure switch
        {
            DatabaseFailure.Corrupt => new BackendException(BackendError.Corruption, "The database is damaged, or the file is no database of a mail store. Restore it from a backup.", exception),
            DatabaseFailure.Busy => new BackendException(BackendError.Unavailable, "The database is locked by another program. Try again when that has finished.", exception),
            // The first line of what the driver says; more is in the log.
            _ => new BackendException(BackendError.Unavailable, $"The database cannot do that now: {exception.GetBaseException().Message.Split('\n')[0].TrimEnd()}", exception),
        };
    }

    /// <summary>Whether nobody knows, after a commit that failed so, if it was done: no answer came. A file that cannot be committed to is as it was.</summary>
    public bool LeavesCommitOpen(Exception exception) => !Dialect.HasSingleWriter && FailureOf(exception) is DatabaseFailure.Disconnected or DatabaseFailure.Unavailable;

    /// <summary>Finishes the writes in line.</summary>
    public async ValueTask DisposeAsync()
    {
        await Sweep.DisposeAsync();
        await TextIndexer.DisposeAsync();
        foreach (var lane in lanes)
            await lane.DisposeAsync();
        if (relay is not null)
            await relay.DisposeAsync();
    }

    Task<IReadOnlyList<string>> ApplyMigrationsAsync(CancellationToken cancellationToken) =>
        ReadOnContextAsync<IReadOnlyList<string>>(
            null,
            async (context, token) =>
            {
                var (_, pending) = await CheckSchemaAsync(context, create: true, token);
                if (pending.Count == 0)
                    return pending;
                // EF Core's own lock is let go between two migrations: who came in there would run the second one too.
                await using var turn = await Dialect.LockSchemaAsync(context, token);
                (_, pending) = await CheckSchemaAsync(context, create: false, token);
                if (pending.Count > 0)
                    await context.Database.MigrateAsync(token);
                return pending;
            },
            cancellationToken);

    async Task<TResult> ReadOnContextAsync<TResult>(Lease? lease, Func<MailStoreContext, CancellationToken, Task<TResult>> query, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OnContextAsync(lease, query, cancellationToken);
            }
            catch (Exception exception) when (attempt < MaxAttemptsAtConnections && FailureOf(exception) == DatabaseFailure.Disconnected)
            {
                logger.ConnectionBroken(attempt, exception);
            }
            catch (Exception exception) when (exception is not (BackendException or OperationCanceledException) && FailureOf(exception) is not null)
            {
                throw Translate(exception);
            }
        }
    }

    /// <summary>
    /// Works on a context from the pool. The context keeps its connection for whoever has it next, but not one that broke: Npgsql's keeps its
    /// command too, which then takes statements for prepared that the server does not know.
    /// </summary>
    async Task<TResult> OnContextAsync<TResult>(Lease? lease, Func<MailStoreContext, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Lease = lease;
        try
        {
            return await work(context, cancellationToken);
        }
        catch (Exception exception) when (FailureOf(exception) == DatabaseFailure.Disconnected)
        {
            var fresh = DbProviderFactories.GetFactory(context.Database.GetDbConnection())!.CreateConnection()!;
            fresh.ConnectionString = context.ConnectionString;
            context.Database.SetDbConnection(fresh, contextOwnsConnection: true);
            throw;
        }
        finally
        {
            // Whoever takes it from the pool without saying for whom shall see nothing.
            context.Lease = null;
        }
    }

    async Task<TResult> WriteDirectlyAsync<TResult>(Lease lease, Func<WriteScope, CancellationToken, Task<TResult>> operation, CancellationToken cancellationToken)
    {
        try
        {
            return await TransactAsync(lease, operation, cancellationToken);
        }
        catch (Exception exception) when (exception is not (BackendException or OperationCanceledException) && FailureOf(exception) is not null)
        {
            throw Translate(exception);
        }
    }

    /// <summary>Tells the sessions of this process and, behind them, those of others.</summary>
    void Publish(IReadOnlyList<Update> updates)
    {
        Updates.Publish(updates);
        relay?.Send(updates);
    }

    async Task CommitAsync(IDbContextTransaction transaction, WriteScope scope)
    {
        var turn = order.Take(scope.Updates);
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch
        {
            // Whether it is there after all nobody knows; then a poll will tell.
            _ = order.EndAsync(turn, isCommitted: false);
            throw;
        }

        await order.EndAsync(turn, isCommitted: true);
    }

    static bool IsWorthAnotherAttempt(DatabaseFailure? failure, int attempt, bool isDecided) => failure switch
    {
        DatabaseFailure.Conflict => attempt < MaxAttempts,
        DatabaseFailure.Violation => attempt < MaxAttemptsAtKeys,
        DatabaseFailure.Disconnected => attempt < MaxAttemptsAtConnections && !isDecided,
        _ => false,
    };

    async Task<(bool Exists, IReadOnlyList<string> Pending)> CheckSchemaAsync(MailStoreContext context, bool create, CancellationToken cancellationToken)
    {
        string[] known = [.. context.Database.GetMigrations()];
        if (!await Dialect.PrepareAsync(context, create, cancellationToken))
            return (false, known);
        string[] applied = [.. await context.Database.GetAppliedMigrationsAsync(cancellationToken)];
        if (applied.Except(known).FirstOrDefault() is { } newer)
            throw new BackendException(BackendError.Unavailable, $"The database was made by a newer version of the program: it has the migration {newer}, which this version does not know. Use that version or a later one.");
        return (applied.Length > 0, [.. known.Except(applied)]);
    }

    /// <summary>What the driver's error within the exception means; null when there is none.</summary>
    DatabaseFailure? FailureOf(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
            if (inner is DbException driver)
                return Dialect.Classify(driver);
        return exception is DbUpdateException ? DatabaseFailure.Other : null;
    }
}
