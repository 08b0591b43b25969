namespace Backend.Memory;

/// <inheritdoc cref="IUser"/>
sealed class MemoryUser(Session session) : IListStatusUser
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
    public Task<IReadOnlyDictionary<MailboxName, MailboxStatus>> GetStatusesAsync(IReadOnlyCollection<MailboxName> names, StatusItems items, CancellationToken cancellationToken) =>
        session.RunAsync<IReadOnlyDictionary<MailboxName, MailboxStatus>>(
            () => names.Distinct().Select(account.Mailboxes.GetValueOrDefault).OfType<StoredMailbox>().Where(static mailbox => mailbox.IsSelectable).ToDictionary(
                static mailbox => mailbox.Name,
                mailbox => mailbox.Describe(items, readOnly: false) with
                {
                    Recent = items.HasFlag(StatusItems.Recent) ? mailbox.Messages.Keys.Count(uid => uid.Value > mailbox.RecentUid) : null,
                }),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IMailbox> GetMailboxAsync(MailboxName name, CancellationToken cancellationToken) =>
        session.RunAsync<IMailbox>(() => new MemoryMailbox(session, account.Open(name)), cancellationToken);

    /// <inheritdoc/>
    public Task<CreateData> CreateMailboxAsync(MailboxName name, CreateOptions options, CancellationToken cancellationToken) =>
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
