using System.Collections.Concurrent;

namespace Backend.EfCore.Updates;

/// <summary>Carries updates to the subscribers in this process. Publishing never waits for a subscriber. Thread-safe.</summary>
sealed class UpdateHub : IUpdater
{
    readonly ConcurrentDictionary<string, ImmutableArray<UpdateSubscription>> subscriptions = new(StringComparer.OrdinalIgnoreCase);
    readonly Lock ordering = new();

    /// <summary>Called after each subscription.</summary>
    public Action? Subscribed { get; set; }

    /// <inheritdoc/>
    public IUpdateSubscription Subscribe(string username)
    {
        var subscription = new UpdateSubscription(this, username);
        subscriptions.AddOrUpdate(username, [subscription], (_, others) => others.Add(subscription));
        Subscribed?.Invoke();
        return subscription;
    }

    /// <summary>Whether anybody waits for a user's updates.</summary>
    public bool IsSubscribed(string username) => subscriptions.ContainsKey(username);

    /// <summary>Hands out updates of committed changes: to each subscriber in the order of the commits.</summary>
    public void Publish(IReadOnlyList<Update> updates)
    {
        if (updates.Count == 0)
            return;
        lock (ordering)
            foreach (var update in updates)
                Publish(update);
    }

    public void Remove(UpdateSubscription subscription)
    {
        while (subscriptions.TryGetValue(subscription.Username, out var others))
        {
            var rest = others.Remove(subscription);
            var removed = rest.IsEmpty
                ? subscriptions.TryRemove(KeyValuePair.Create(subscription.Username, others))
                : subscriptions.TryUpdate(subscription.Username, rest, others);
            if (removed)
                return;
        }
    }

    void Publish(Update update)
    {
        var receivers = update.Username is { } username
            ? subscriptions.GetValueOrDefault(username, [])
            : [.. subscriptions.Values.SelectMany(static each => each)];
        update.Dispatch(receivers.Length);
        foreach (var receiver in receivers)
            receiver.Give(update);
    }
}
