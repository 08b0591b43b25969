using System.Threading.Channels;

namespace Backend.EfCore.Updates;

/// <summary>One subscriber's updates.</summary>
sealed class UpdateSubscription : IUpdateSubscription
{
    /// <summary>How many updates wait for a subscriber that does not read; a hint lost costs it only a poll.</summary>
    public const int Capacity = 256;

    readonly UpdateHub hub;
    readonly Channel<Update> channel;

    public UpdateSubscription(UpdateHub hub, string username)
    {
        this.hub = hub;
        Username = username;
        channel = Channel.CreateBounded<Update>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest }, static dropped => dropped.Done());
    }

    public string Username { get; }

    /// <inheritdoc/>
    public ChannelReader<Update> Updates => channel.Reader;

    public void Give(Update update)
    {
        if (!channel.Writer.TryWrite(update))
            update.Done();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        hub.Remove(this);
        channel.Writer.TryComplete();
        while (channel.Reader.TryRead(out var left))
            left.Done();
    }
}
