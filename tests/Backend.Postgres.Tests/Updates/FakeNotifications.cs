using System.Threading.Channels;
using Backend.EfCore.Dialect;

namespace Backend.Postgres.Tests.Updates;

/// <summary>A channel for notifications in memory, which can be cut, refuse and hold up.</summary>
sealed class FakeNotifications : INotificationChannel
{
    readonly Lock gate = new();
    readonly List<Channel<string>> listeners = [];
    int attempts;

    public int MaxOctets => 7999;

    /// <summary>Whether connections are refused.</summary>
    public bool Refuses { get; set; }

    /// <summary>Completes when what is being sent may be; null when nothing is held up.</summary>
    public TaskCompletionSource? HoldUp { get; set; }

    /// <summary>How often somebody wanted to connect.</summary>
    public int Attempts => Volatile.Read(ref attempts);

    /// <summary>How often something was sent.</summary>
    public int Sendings { get; private set; }

    /// <summary>All texts sent.</summary>
    public List<string> Texts { get; } = [];

    public Task<INotificationSender> OpenSenderAsync(CancellationToken cancellationToken)
    {
        Connect();
        return Task.FromResult<INotificationSender>(new Sender(this));
    }

    public Task<INotificationListener> OpenListenerAsync(CancellationToken cancellationToken)
    {
        Connect();
        var heard = Channel.CreateUnbounded<string>();
        lock (gate)
            listeners.Add(heard);
        return Task.FromResult<INotificationListener>(new Listener(heard));
    }

    /// <summary>Breaks the connections that listen.</summary>
    public void Cut()
    {
        lock (gate)
        {
            listeners.ForEach(static listener => listener.Writer.TryComplete(new IOException("The connection was cut.")));
            listeners.Clear();
        }
    }

    public void Deliver(string text)
    {
        lock (gate)
            listeners.ForEach(listener => listener.Writer.TryWrite(text));
    }

    void Connect()
    {
        Interlocked.Increment(ref attempts);
        if (Refuses)
            throw new IOException("Nobody answers.");
    }

    sealed class Sender(FakeNotifications notifications) : INotificationSender
    {
        public async Task SendAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
        {
            if (notifications.HoldUp is { } holdUp)
                await holdUp.Task.WaitAsync(cancellationToken);
            if (notifications.Refuses)
                throw new IOException("The connection was cut.");
            notifications.Sendings++;
            lock (notifications.gate)
                notifications.Texts.AddRange(texts);
            foreach (var text in texts)
                notifications.Deliver(text);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    sealed class Listener(Channel<string> heard) : INotificationListener
    {
        public async Task<IReadOnlyList<string>> WaitAsync(CancellationToken cancellationToken) => [await ReadAsync(cancellationToken)];

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        async Task<string> ReadAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await heard.Reader.ReadAsync(cancellationToken);
            }
            catch (ChannelClosedException exception)
            {
                throw new IOException("The connection was cut.", exception);
            }
        }
    }
}
