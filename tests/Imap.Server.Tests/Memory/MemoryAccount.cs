using System.Threading.Channels;

namespace Imap.Server.Tests.Memory;

/// <summary>What one user has. Everything is done under <see cref="Gate"/>.</summary>
public sealed class MemoryAccount
{
    readonly List<Subscription> subscriptions = [];
    uint lastValidity = 1000;

    public MemoryAccount(MemoryBackend backend, string username, string password)
    {
        (Backend, Username, Password) = (backend, username, password);
        Mailboxes[MailboxName.Inbox] = new MemoryMailboxData(MailboxName.Inbox, NextValidity());
    }

    public Lock Gate { get; } = new();

    public MemoryBackend Backend { get; }

    public string Username { get; }

    public string Password { get; }

    public SortedDictionary<MailboxName, MemoryMailboxData> Mailboxes { get; } = [];

    public HashSet<MailboxName> Subscribed { get; } = [];

    public UidValidity NextValidity() => new(++lastValidity);

    public MemoryMailboxData Find(MailboxName name)
    {
        var mailbox = Mailboxes.GetValueOrDefault(name) ?? throw new BackendException(BackendError.NoSuchMailbox, $"There is no mailbox \"{name}\".");
        return mailbox.IsNoSelect ? throw new BackendException(BackendError.NotSelectable, $"\"{name}\" holds no messages.") : mailbox;
    }

    public void Publish(Update update)
    {
        Subscription[] targets;
        lock (subscriptions)
            targets = [.. subscriptions];
        update.Dispatch(targets.Length);
        foreach (var target in targets)
            target.Channel.Writer.TryWrite(update);
    }

    public IUpdateSubscription Subscribe()
    {
        var subscription = new Subscription(this);
        lock (subscriptions)
            subscriptions.Add(subscription);
        return subscription;
    }

    sealed class Subscription(MemoryAccount account) : IUpdateSubscription
    {
        public Channel<Update> Channel { get; } = System.Threading.Channels.Channel.CreateUnbounded<Update>();

        public ChannelReader<Update> Updates => Channel.Reader;

        public void Dispose()
        {
            lock (account.subscriptions)
                account.subscriptions.Remove(this);
            Channel.Writer.TryComplete();
            while (Channel.Reader.TryRead(out var left))
                left.Done();
        }
    }
}
