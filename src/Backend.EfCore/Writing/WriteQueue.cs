using System.Threading.Channels;
using Backend.EfCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Backend.EfCore.Writing;

/// <summary>
/// The group commit: writes that wait at the same time share one transaction and one flush to disk. A group that fails is run again one
/// by one, so that a write fails for its own reasons only; not one of which nobody knows whether it is committed. Writes are committed in the order in
/// which they came.
/// </summary>
sealed class WriteQueue : IAsyncDisposable
{
    /// <summary>The most writes that share a transaction.</summary>
    const int MaxGroup = 256;

    /// <summary>A transaction takes no further write once it writes this many octets.</summary>
    const long MaxWeight = 16 * 1024 * 1024;

    readonly Channel<PendingWrite> channel = Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(4 * MaxGroup) { SingleReader = true });
    readonly MailStoreDatabase database;
    readonly ILogger logger;
    readonly Task loop;

    /// <summary>Whether all of the group was written, so that only its commit can have failed.</summary>
    bool isWritten;

    public WriteQueue(MailStoreDatabase database, ILogger logger)
    {
        (this.database, this.logger) = (database, logger);
        loop = Task.Run(RunAsync);
    }

    /// <summary>Puts a write in line.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.Unavailable"/>: the store is being closed.</exception>
    public async ValueTask EnqueueAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        try
        {
            await channel.Writer.WriteAsync(write, cancellationToken);
        }
        catch (ChannelClosedException exception)
        {
            throw new BackendException(BackendError.Unavailable, "The mail store is being closed.", exception);
        }
    }

    /// <summary>Finishes what is in line and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        channel.Writer.TryComplete();
        await loop;
    }

    async Task RunAsync()
    {
        var group = new List<PendingWrite>(MaxGroup);
        while (await channel.Reader.WaitToReadAsync())
        {
            TakeGroup(group);
            if (group.Count == 0)
                continue;
            try
            {
                await CommitAsync(group.ToArray());
            }
            catch (Exception exception) when (group.Count > 1 && !(isWritten && database.LeavesCommitOpen(exception)))
            {
                logger.GroupFailed(group.Count, exception);
                foreach (var write in group)
                    await CommitAloneAsync(write);
            }
            catch (Exception exception)
            {
                var failure = database.Translate(exception);
                foreach (var write in group)
                    write.Fail(failure);
            }
        }
    }

    void TakeGroup(List<PendingWrite> group)
    {
        group.Clear();
        var weight = 0L;
        while (group.Count < MaxGroup && weight < MaxWeight && channel.Reader.TryRead(out var write))
        {
            if (write.IsCancelled)
            {
                write.Fail(new OperationCanceledException());
                continue;
            }

            group.Add(write);
            weight += write.Weight;
        }
    }

    async Task CommitAloneAsync(PendingWrite write)
    {
        try
        {
            await CommitAsync(new[] { write });
        }
        catch (Exception exception)
        {
            write.Fail(database.Translate(exception));
        }
    }

    async Task CommitAsync(ReadOnlyMemory<PendingWrite> writes)
    {
        isWritten = false;
        await database.TransactAsync(
            writes.Span[0].Lease,
            async (scope, cancellationToken) =>
            {
                isWritten = false;
                for (var rest = writes; !rest.IsEmpty;)
                {
                    scope.Use(rest.Span[0].Lease);
                    rest = rest[await rest.Span[0].ExecuteAsync(scope, rest, cancellationToken)..];
                    // The next one must not meet rows as this one remembers them: some are changed without being read.
                    scope.Context.ChangeTracker.Clear();
                }

                return isWritten = true;
            },
            CancellationToken.None);
        foreach (var write in writes.ToArray())
            write.Complete();
    }
}
