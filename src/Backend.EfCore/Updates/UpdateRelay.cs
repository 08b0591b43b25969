using System.Security.Cryptography;
using Backend.EfCore.Dialect;
using Microsoft.Extensions.Logging;

namespace Backend.EfCore.Updates;

/// <summary>Carries updates between the processes that use one database, where the database can do that. Thread-safe.</summary>
sealed class UpdateRelay : IAsyncDisposable
{
    readonly UpdateSender sender;
    readonly UpdateListener listener;

    /// <summary>Sends what it is given; listens once somebody subscribes.</summary>
    public UpdateRelay(INotificationChannel notifications, UpdateHub hub, TimeProvider clock, ILogger logger)
    {
        // By this name a store knows what it sent itself.
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        sender = new UpdateSender(notifications, name, clock, logger);
        listener = new UpdateListener(notifications, name, hub, clock, logger);
        hub.Subscribed = listener.Start;
    }

    /// <summary>Tells other processes of committed changes. Never waits.</summary>
    public void Send(IReadOnlyList<Update> updates) => sender.Send(updates);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync();
        await sender.DisposeAsync();
    }
}
