namespace MailStore.Tests.Support;

/// <summary>As much of a user as imports and exports use.</summary>
sealed class MemoryUser : IUser
{
    public Dictionary<MailboxName, MemoryMailbox> Mailboxes { get; } = new() { [MailboxName.Inbox] = new MemoryMailbox(MailboxName.Inbox) };

    public HashSet<MailboxName> Subscriptions { get; } = [];

    public string Username => "ada";

    public MemoryMailbox this[string name] => Mailboxes[MailboxName.Parse(name)];

    public Task<IReadOnlyList<MailboxInfo>> ListMailboxesAsync(bool subscribed, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MailboxInfo>>([.. Mailboxes.Keys.Order().Select(static name => new MailboxInfo { Name = name })]);

    public Task<IMailbox> GetMailboxAsync(MailboxName name, CancellationToken cancellationToken) =>
        Mailboxes.TryGetValue(name, out var mailbox)
            ? Task.FromResult<IMailbox>(mailbox)
            : throw new BackendException(BackendError.NoSuchMailbox, $"There is no mailbox {name}.");

    public Task CreateMailboxAsync(MailboxName name, CreateOptions options, CancellationToken cancellationToken)
    {
        Mailboxes.Add(name, new MemoryMailbox(name));
        return Task.CompletedTask;
    }

    public Task SetSubscribedAsync(MailboxName name, bool subscribed, CancellationToken cancellationToken)
    {
        Subscriptions.Add(name);
        return Task.CompletedTask;
    }

    public Task DeleteMailboxAsync(MailboxName name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RenameMailboxAsync(MailboxName existingName, MailboxName newName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task LogoutAsync() => Task.CompletedTask;
}
