using Backend.EfCore.Mailboxes;
using Backend.EfCore.Messages;
using Backend.EfCore.Tenancy;

namespace Backend.EfCore;

/// <inheritdoc cref="IUser"/>
sealed class EfUser(MailStoreDatabase database, Lease lease, string username) : IListStatusUser
{
    readonly int userId = lease.UserId;
    readonly KeywordDictionary keywords = new(database, lease.UserId);

    /// <inheritdoc/>
    public string Username => username;

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailboxInfo>> ListMailboxesAsync(bool subscribed, CancellationToken cancellationToken) =>
        database.ReadConsistentlyAsync(lease, (context, token) => ListMailboxes.ExecuteAsync(database, context, userId, subscribed, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<MailboxName, MailboxStatus>> GetStatusesAsync(IReadOnlyCollection<MailboxName> names, StatusItems items, CancellationToken cancellationToken) =>
        database.ReadConsistentlyAsync(lease, (context, token) => ListStatuses.ExecuteAsync(database, context, userId, keywords, names, items, token), cancellationToken);

    /// <inheritdoc/>
    public async Task<IMailbox> GetMailboxAsync(MailboxName name, CancellationToken cancellationToken)
    {
        var mailbox = await database.ReadAsync(lease, (context, token) => database.Queries.Mailboxes.ByName(context, userId, name.Value, token), cancellationToken)
            ?? throw MailboxTree.NoSuchMailbox(name);
        return mailbox.Selectable
            ? new EfMailbox(database, new MailboxHandle(lease, username, mailbox.MailboxId, name), keywords)
            : throw MailboxTree.NotSelectable(name);
    }

    /// <inheritdoc/>
    public Task<CreateData> CreateMailboxAsync(MailboxName name, CreateOptions options, CancellationToken cancellationToken) =>
        WriteAsync([name], (tree, token) => tree.CreateAsync(name, options, token), cancellationToken);

    /// <inheritdoc/>
    public async Task DeleteMailboxAsync(MailboxName name, CancellationToken cancellationToken)
    {
        await WriteAsync([name], (tree, token) => tree.DeleteAsync(name, token), cancellationToken);
        database.Sweep.Wake(userId);
    }

    /// <inheritdoc/>
    public Task RenameMailboxAsync(MailboxName existingName, MailboxName newName, CancellationToken cancellationToken) =>
        WriteAsync([existingName, newName], (tree, token) => tree.RenameAsync(existingName, newName, token), cancellationToken);

    /// <inheritdoc/>
    public Task SetSubscribedAsync(MailboxName name, bool subscribed, CancellationToken cancellationToken) =>
        WriteAsync([name], (tree, token) => tree.SetSubscribedAsync(name, subscribed, token), cancellationToken);

    /// <inheritdoc/>
    public Task LogoutAsync() => Task.CompletedTask;

    Task<bool> WriteAsync(MailboxName[] names, Func<MailboxTree, CancellationToken, Task> change, CancellationToken cancellationToken) =>
        WriteAsync(
            names,
            async (tree, token) =>
            {
                await change(tree, token);
                return true;
            },
            cancellationToken);

    /// <summary>Changes the hierarchy and tells what the change made of these names.</summary>
    Task<TResult> WriteAsync<TResult>(MailboxName[] names, Func<MailboxTree, CancellationToken, Task<TResult>> change, CancellationToken cancellationToken) =>
        database.WriteAsync(
            lease,
            async (scope, token) =>
            {
                var result = await change(new MailboxTree(database, scope, userId), token);
                foreach (var name in names)
                    scope.PublishAfterCommit(await database.Queries.Mailboxes.ByName(scope.Context, userId, name.Value, token) is { Selectable: true } mailbox
                        ? MailboxStatuses.Update(username, mailbox)
                        : new MailboxUpdate { Username = username, Mailbox = name });
                return result;
            },
            cancellationToken);
}
