using System.Threading.Channels;
using Backend.EfCore.Diagnostics;
using Backend.EfCore.Dialect;
using Microsoft.Extensions.Logging;

namespace Backend.EfCore.Updates;

/// <summary>
/// Tells other processes what this one committed. It never holds up whoever commits: what comes while it sends waits, and is sent together.
/// What cannot be sent is tried again until it can. Thread-safe.
/// </summary>
sealed class UpdateSender : IAsyncDisposable
{
    /// <summary>How long the end of the store waits for what is still to be sent.</summary>
    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    readonly INotificationChannel notifications;
    readonly string name;
    readonly TimeProvider clock;
    readonly ILogger logger;
    readonly UpdateOutbox outbox = new();
    readonly Channel<bool> wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly CancellationTokenSource closing = new();
    readonly CancellationTokenSource stopping = new();
    readonly Task loop;
    INotificationSender? connection;

    /// <summary>Starts; nothing is connected before there is something to send.</summary>
    public UpdateSender(INotificationChannel notifications, string name, TimeProvider clock, ILogger logger)
    {
        (this.notifications, this.name, this.clock, this.logger) = (notifications, name, clock, logger);
        loop = Task.Run(RunAsync);
    }

    /// <summary>Puts updates in line. The next in line of a user are sent after these.</summary>
    public void Send(IReadOnlyList<Update> updates)
    {
        outbox.Add(updates);
        wakes.Writer.TryWrite(true);
    }

    /// <summary>Sends what is in line, but does not wait for a server that does not answer.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!wakes.Writer.TryComplete())
            return;
        await closing.CancelAsync();
        try
        {
            await loop.WaitAsync(Farewell, clock);
        }
        catch (TimeoutException)
        {
            await stopping.CancelAsync();
            await loop;
        }

        closing.Dispose();
        stopping.Dispose();
    }

    async Task RunAsync()
    {
        try
        {
            while (await wakes.Reader.WaitToReadAsync(stopping.Token))
            {
                wakes.Reader.TryRead(out _);
                await SendAllAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The store is closed while the server does not answer.
        }

        await DisconnectAsync();
    }

    async Task SendAllAsync()
    {
        var backOff = new BackOff(clock);
        while (outbox.Take() is { Count: > 0 } updates)
            try
            {
                connection ??= await notifications.OpenSenderAsync(stopping.Token);
                await connection.SendAsync(UpdateText.Write(name, updates, notifications.MaxOctets), stopping.Token);
                if (backOff.Failures > 1)
                    logger.SendingAgain(backOff.Elapsed);
                backOff = new BackOff(clock);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                outbox.Return(updates);
                await DisconnectAsync();
                // The first failure may only say that the connection has died in the meantime.
                if (backOff.Failures == 1)
                    logger.SendingFailed(exception.GetBaseException().Message);
                await backOff.WaitAsync(closing.Token);
            }
    }

    async Task DisconnectAsync()
    {
        var broken = connection;
        connection = null;
        if (broken is not null)
            await broken.DisposeAsync();
    }
}
