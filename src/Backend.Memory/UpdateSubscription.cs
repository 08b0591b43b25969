using System.Threading.Channels;

namespace Backend.Memory;

/// <summary>One subscriber's updates.</summary>
sealed class UpdateSubscription : IUpdateSubscription
{
    /// <summary>How many updates wait for a subscriber that does not read; what is taken away costs it only a poll.</summary>
    public const int Capacity = 256;

    readonly Store store;
    readonly Channel<Update> channel;

    public UpdateSubscription(Store store, string username)
    {
        (this.store, Username) = (store, username);
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
        store.Unsubscribe(this);
        channel.Writer.TryComplete();
        while (channel.Reader.TryRead(out var left))
            left.Done();
    }
}
