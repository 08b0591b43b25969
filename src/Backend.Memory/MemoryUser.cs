namespace Backend.Memory;

/// <inheritdoc/>
sealed class MemoryUser(Store store, Account account) : IUser
{
    /// <inheritdoc/>
    public string Username => account.Username;

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailboxInfo>> ListMailboxesAsync(bool subscribed, CancellationToken cancellationToken) =>
        store.RunAsync<IReadOnlyList<MailboxInfo>>(
            () => [.. (subscribed ? account.Subscriptions : (IEnumerable<MailboxName>)account.Mailboxes.Keys).OrderByDescending(static name => name.IsInbox).Select(account.Describe)],
            cancellationToken);

    /// <inheritdoc/>
    public Task<IMailbox> GetMailboxAsync(MailboxName name, CancellationToken cancellationToken) =>
        store.RunAsync<IMailbox>(() => new MemoryMailbox(store, account, account.Open(name)), cancellationToken);

    /// <inheritdoc/>
    public Task CreateMailboxAsync(MailboxName name, CreateOptions options, CancellationToken cancellationToken) =>
        store.RunAsync(() => account.Create(name, options.SpecialUse), cancellationToken);

    /// <inheritdoc/>
    public Task DeleteMailboxAsync(MailboxName name, CancellationToken cancellationToken) => store.RunAsync(() => account.Delete(name), cancellationToken);

    /// <inheritdoc/>
    public Task RenameMailboxAsync(MailboxName existingName, MailboxName newName, CancellationToken cancellationToken) =>
        store.RunAsync(() => account.Rename(existingName, newName), cancellationToken);

    /// <inheritdoc/>
    public Task SetSubscribedAsync(MailboxName name, bool subscribed, CancellationToken cancellationToken) =>
        store.RunAsync(() => account.SetSubscribed(name, subscribed), cancellationToken);

    /// <inheritdoc/>
    public Task LogoutAsync() => Task.CompletedTask;
}
