using Backend.EfCore.Diagnostics;
using Backend.EfCore.Dialect;
using Microsoft.Extensions.Logging;

namespace Backend.EfCore.Updates;

/// <summary>
/// Hears what other processes committed and hands it to the subscribers here. While it is not connected they hear nothing; once it is,
/// they are all told to look, so that what came in between is found. Thread-safe.
/// </summary>
sealed class UpdateListener(INotificationChannel notifications, string name, UpdateHub hub, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    readonly CancellationTokenSource stopping = new();
    readonly Lock starting = new();
    Task? loop;

    /// <summary>Begins to listen, unless that was begun before.</summary>
    public void Start()
    {
        lock (starting)
            if (!stopping.IsCancellationRequested)
                loop ??= Task.Run(RunAsync);
    }

    /// <summary>Stops at once.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (starting)
        {
            if (stopping.IsCancellationRequested)
                return;
            stopping.Cancel();
        }

        await (loop ?? Task.CompletedTask);
        stopping.Dispose();
    }

    async Task RunAsync()
    {
        try
        {
            BackOff? outage = null;
            while (true)
            {
                outage = await ListenAsync(outage);
                await outage.WaitAsync(stopping.Token);
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The store is closed, whatever the connection says to that.
        }
    }

    /// <summary>Listens for as long as the connection holds.</summary>
    /// <param name="outage">Since when there is none; null before the first.</param>
    /// <returns>Since when there is none now.</returns>
    async Task<BackOff> ListenAsync(BackOff? outage)
    {
        try
        {
            await using var connection = await notifications.OpenListenerAsync(stopping.Token);
            if (outage is not null)
                logger.ListeningAgain(outage.Elapsed);
            outage = null;
            hub.Publish([Hints.Everything()]);
            while (true)
                foreach (var text in await connection.WaitAsync(stopping.Token))
                    Hear(text);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            if (outage is null)
                logger.ListeningFailed(exception.GetBaseException().Message);
            return outage ?? new BackOff(clock);
        }
    }

    void Hear(string text)
    {
        if (!UpdateText.SenderOf(text).SequenceEqual(name))
            hub.Publish(UpdateText.Read(text, hub.IsSubscribed));
    }
}
