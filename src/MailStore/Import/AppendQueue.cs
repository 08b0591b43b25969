using System.Collections.Concurrent;

namespace MailStore.Import;

/// <summary>
/// Appends messages to a mailbox in their order, several on their way at once (a handle does one operation at a time), so that a store can
/// commit them together. A message that the store refuses is reported; a store that fails ends it.
/// </summary>
sealed class AppendQueue(IReadOnlyCollection<IMailbox> handles, ImportReport report, CancellationToken cancellationToken) : IAsyncDisposable
{
    // A larger message goes from disk to disk: alone, lest those behind it overtake it.
    const long MaxTogether = 256 * 1024;

    readonly ConcurrentBag<IMailbox> idle = [.. handles];
    readonly SemaphoreSlim free = new(handles.Count);
    readonly CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    readonly List<Task> appends = [];

    /// <summary>Starts to append the message, when there is room, and disposes it later.</summary>
    public async Task AddAsync(SourceMessage message)
    {
        var alone = message.Content.Length > MaxTogether;
        if (alone)
            await CompleteAsync();
        await free.WaitAsync(cancellationToken);
        await CompleteAsync(appends.FindAll(static append => append.IsCompleted));
        appends.Add(AppendAsync(message));
        if (alone)
            await CompleteAsync();
    }

    /// <summary>Waits for all that were started.</summary>
    /// <exception cref="BackendException">The store failed.</exception>
    public Task CompleteAsync() => CompleteAsync([.. appends]);

    /// <summary>Gives up what has not been appended yet.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(appends).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
        free.Dispose();
    }

    async Task CompleteAsync(List<Task> started)
    {
        await Task.WhenAll(started);
        appends.RemoveAll(static append => append.IsCompletedSuccessfully);
    }

    async Task AppendAsync(SourceMessage message)
    {
        if (!idle.TryTake(out var handle))
            throw new InvalidOperationException("More handles are out than there are.");
        try
        {
            var options = new AppendOptions { Flags = message.Flags, InternalDate = message.Date ?? await SentDateAsync(message) };
            await handle.CreateMessageAsync(message.Content.Rewind(), options, stopping.Token);
            report.AddImported(message.Content.Length);
        }
        catch (BackendException exception) when (exception.Error is BackendError.TooBig or BackendError.Limit or BackendError.InvalidFlag)
        {
            report.Refuse(message.File, message.Number, exception.Message);
        }
        finally
        {
            await message.DisposeAsync();
            idle.Add(handle);
            free.Release();
        }
    }

    async ValueTask<DateTimeOffset?> SentDateAsync(SourceMessage message) =>
        (await message.Content.ReadHeaderAsync(stopping.Token))["Date"] is { } date ? MailDate.Parse(date) : null;
}
