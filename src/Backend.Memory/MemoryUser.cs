namespace Backend.Memory;

/// <inheritdoc/>
sealed class MemoryUser(Session session) : IUser
{
    readonly Account account = session.Account;

    /// <inheritdoc/>
    public string Username => account.Username;

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailboxInfo>> ListMailboxesAsync(bool subscribed, CancellationToken cancellationToken) =>
        session.RunAsync<IReadOnlyList<MailboxInfo>>(
            () => [.. (subscribed ? account.Subscriptions : (IEnumerable<MailboxName>)account.Mailboxes.Keys).OrderByDescending(static name => name.IsInbox).Select(account.Describe)],
            cancellationToken);

    /// <inheritdoc/>
    public Task<IMailbox> GetMailboxAsync(MailboxName name, CancellationToken cancellationToken) =>
        session.RunAsync<IMailbox>(() => new MemoryMailbox(session, account.Open(name)), cancellationToken);

    /// <inheritdoc/>
    public Task CreateMailboxAsync(MailboxName name, CreateOptions options, CancellationToken cancellationToken) =>
        session.RunAsync(() => account.Create(name, options.SpecialUse), cancellationToken);

    /// <inheritdoc/>
    public Task DeleteMailboxAsync(MailboxName name, CancellationToken cancellationToken) => session.RunAsync(() => account.Delete(name), cancellationToken);

    /// <inheritdoc/>
    public Task RenameMailboxAsync(MailboxName existingName, MailboxName newName, CancellationToken cancellationToken) =>
        session.RunAsync(() => account.Rename(existingName, newName), cancellationToken);

    /// <inheritdoc/>
    public Task SetSubscribedAsync(MailboxName name, bool subscribed, CancellationToken cancellationToken) =>
        session.RunAsync(() => account.SetSubscribed(name, subscribed), cancellationToken);

    /// <inheritdoc/>
    public Task LogoutAsync() => Task.CompletedTask;
}
