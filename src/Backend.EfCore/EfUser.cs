using Backend.EfCore.Accounts;
using Backend.EfCore.Mailboxes;
using Backend.EfCore.Messages;
using Backend.EfCore.Sharing;
using Backend.EfCore.Tenancy;

namespace Backend.EfCore;

/// <inheritdoc cref="IUser"/>
sealed class EfUser(MailStoreDatabase database, Lease lease, string username) : IListStatusUser, IAclUser, IQuotaUser, IMetadataUser
{
    readonly int userId = lease.UserId;
    readonly KeywordDictionary keywords = new(database, lease.UserId);
    readonly OthersMailboxes? others = lease.IsSession ? new OthersMailboxes(database, lease) : null;

    /// <inheritdoc/>
    public string Username => username;

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailboxInfo>> ListMailboxesAsync(bool subscribed, CancellationToken cancellationToken) =>
        database.ReadConsistentlyAsync(lease, (context, token) => ListMailboxes.ExecuteAsync(database, context, userId, others, subscribed, token), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<MailboxName, MailboxStatus>> GetStatusesAsync(IReadOnlyCollection<MailboxName> names, StatusItems items, CancellationToken cancellationToken)
    {
        var own = await database.ReadConsistentlyAsync(lease, (context, token) => ListStatuses.ExecuteAsync(database, context, userId, keywords, names, items, token), cancellationToken);
        if (others is null || !names.Any(name => OtherUsers.Contains(name) && !own.ContainsKey(name)))
            return own;
        var all = new Dictionary<MailboxName, MailboxStatus>(own);
        foreach (var mailbox in await database.ReadAsync(lease, others.ReadAsync, cancellationToken))
            if (mailbox.Rights.HasFlag(MailboxRights.Read) && names.Contains(mailbox.Name) && !all.ContainsKey(mailbox.Name) && await OthersStatusAsync(mailbox.Name, items, cancellationToken) is { } status)
                all.Add(mailbox.Name, status);
        return all;
    }

    /// <inheritdoc/>
    public async Task<IMailbox> GetMailboxAsync(MailboxName name, CancellationToken cancellationToken)
    {
        var mailbox = await database.ReadAsync(lease, (context, token) => database.Queries.Mailboxes.ByName(context, userId, name.Value, token), cancellationToken);
        if (mailbox is null)
            return await OpenOthersAsync(name, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(name);
        return mailbox.Selectable
            ? new EfMailbox(database, new MailboxHandle(lease, username, mailbox.MailboxId, name) { Others = others }, keywords)
            : throw MailboxTree.NotSelectable(name);
    }

    /// <inheritdoc/>
    public async Task<CreateData> CreateMailboxAsync(MailboxName name, CreateOptions options, CancellationToken cancellationToken) =>
        await OthersTreeForAsync(name, cancellationToken) is { } others
            ? await others.CreateAsync(name, options, cancellationToken)
            : await WriteAsync([name], (tree, token) => tree.CreateAsync(name, options, token), cancellationToken);

    /// <inheritdoc/>
    public async Task DeleteMailboxAsync(MailboxName name, CancellationToken cancellationToken)
    {
        if (await OthersTreeForAsync(name, cancellationToken) is { } tree)
        {
            await tree.DeleteAsync(name, cancellationToken);
            return;
        }

        await WriteAsync([name], (tree, token) => tree.DeleteAsync(name, token), cancellationToken);
        database.Sweep.Wake(userId);
    }

    /// <inheritdoc/>
    public async Task RenameMailboxAsync(MailboxName existingName, MailboxName newName, CancellationToken cancellationToken)
    {
        var (from, to) = (await OthersTreeForAsync(existingName, cancellationToken), await OthersTreeForAsync(newName, cancellationToken));
        if (from is not null && to is not null)
            await from.RenameAsync(existingName, newName, cancellationToken);
        else if (from is not null || to is not null)
            throw OthersTree.BetweenUsers();
        else
            await WriteAsync([existingName, newName], (tree, token) => tree.RenameAsync(existingName, newName, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task SetSubscribedAsync(MailboxName name, bool subscribed, CancellationToken cancellationToken)
    {
        var isOthers = subscribed && others is not null && await others.IncludesAsync(name, cancellationToken);
        if (isOthers && (await others!.FindAsync(name, cancellationToken))?.Rights.HasFlag(MailboxRights.Lookup) != true)
            throw MailboxTree.NoSuchMailbox(name);
        await WriteAsync([name], (tree, token) => tree.SetSubscribedAsync(name, subscribed, isOthers, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AclEntry>> GetAclAsync(MailboxName name, CancellationToken cancellationToken) =>
        await (await ControlAsync(name, cancellationToken)).ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task SetRightsAsync(MailboxName name, string identifier, RightsOperation operation, MailboxRights rights, CancellationToken cancellationToken) =>
        await (await ControlAsync(name, cancellationToken)).SetAsync(identifier, operation, rights, cancellationToken);

    /// <inheritdoc/>
    public async Task<GrantableRights> GetGrantableRightsAsync(MailboxName name, string identifier, CancellationToken cancellationToken) =>
        await (await ControlAsync(name, cancellationToken)).GrantableAsync(identifier, cancellationToken);

    /// <inheritdoc/>
    public async Task<MailboxRights> GetMyRightsAsync(MailboxName name, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(lease, (context, token) => database.Queries.Mailboxes.ByName(context, userId, name.Value, token), cancellationToken) is not null)
            return MailboxRights.All;
        return others is not null && await others.FindAsync(name, cancellationToken) is { } found ? found.Rights : throw MailboxTree.NoSuchMailbox(name);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<QuotaRoot>> GetQuotaRootsAsync(MailboxName mailbox, CancellationToken cancellationToken)
    {
        if (others is null || !await others.IncludesAsync(mailbox, cancellationToken))
            return [await new UserQuota(database, lease, username).GetOwnAsync(cancellationToken)];
        // It shows how much is in the mailbox. RFC 9208 §6.
        var found = await others.FindAsync(mailbox, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(mailbox);
        GuestCheck.Require(found.Rights, MailboxRights.Read);
        return [await new UserQuota(database, Lease.ForUser(found.OwnerId), username).GetOwnAsync(cancellationToken)];
    }

    /// <inheritdoc/>
    public Task<QuotaRoot> GetQuotaAsync(string root, CancellationToken cancellationToken) => new UserQuota(database, lease, username).GetAsync(root, cancellationToken);

    /// <inheritdoc/>
    public Task<QuotaRoot> SetQuotaAsync(string root, QuotaLimits limits, CancellationToken cancellationToken) =>
        new UserQuota(database, lease, username).SetAsync(root, limits, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetadataEntry>> GetMetadataAsync(MailboxName? mailbox, IReadOnlyCollection<string> names, bool withInferiors, CancellationToken cancellationToken)
    {
        var (metadata, own) = await MetadataOfAsync(mailbox, cancellationToken);
        return await metadata.GetAsync(own, names, withInferiors, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task SetMetadataAsync(MailboxName? mailbox, IReadOnlyCollection<MetadataEntry> entries, CancellationToken cancellationToken)
    {
        var (metadata, own) = await MetadataOfAsync(mailbox, cancellationToken);
        await metadata.SetAsync(own, entries, cancellationToken);
    }

    /// <inheritdoc/>
    public Task LogoutAsync() => Task.CompletedTask;

    /// <summary>The hierarchy that a name is of when it is not the user's own.</summary>
    async ValueTask<OthersTree?> OthersTreeForAsync(MailboxName name, CancellationToken cancellationToken) =>
        others is not null && await others.IncludesAsync(name, cancellationToken) ? new OthersTree(database, others) : null;

    /// <summary>A handle on somebody else's mailbox; null where there is none to the user.</summary>
    async Task<IMailbox?> OpenOthersAsync(MailboxName name, CancellationToken cancellationToken)
    {
        if (others is null || await others.FindAsync(name, cancellationToken) is not { } found)
            return null;
        var owners = found.LeaseFor(userId);
        var owner = await database.ReadAsync(
            owners.Needing(MailboxRights.None),
            (context, token) => context.Users.Where(user => user.Id == found.OwnerId).Select(static user => user.Name).SingleOrDefaultAsync(token),
            cancellationToken);
        return owner is null ? null : new EfMailbox(database, new MailboxHandle(owners, owner, found.MailboxId, name) { Others = others }, new KeywordDictionary(database, found.OwnerId));
    }

    /// <summary>The state of somebody else's mailbox; null where it is gone, or the right to it, since it was found.</summary>
    async Task<MailboxStatus?> OthersStatusAsync(MailboxName name, StatusItems items, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenOthersAsync(name, cancellationToken) is { } mailbox ? await mailbox.GetStatusAsync(items, cancellationToken) : null;
        }
        catch (BackendException exception) when (exception.Error is BackendError.NoSuchMailbox or BackendError.NoPermission)
        {
            return null;
        }
    }

    /// <summary>The access control list of a mailbox, own or other.</summary>
    async Task<AccessControl> ControlAsync(MailboxName name, CancellationToken cancellationToken)
    {
        var mailbox = await database.ReadAsync(lease, (context, token) => database.Queries.Mailboxes.ByName(context, userId, name.Value, token), cancellationToken);
        if (mailbox is { Selectable: false })
            throw MailboxTree.NotSelectable(name);
        if (mailbox is not null)
            return new AccessControl(database, lease, mailbox.MailboxId);
        return others is not null && await others.FindAsync(name, cancellationToken) is { } found
            ? new AccessControl(database, found.LeaseFor(userId), found.MailboxId)
            : throw MailboxTree.NoSuchMailbox(name);
    }

    Task<bool> WriteAsync(MailboxName[] names, Func<MailboxTree, CancellationToken, Task> change, CancellationToken cancellationToken) =>
        WriteAsync(
            names,
            async (tree, token) =>
            {
                await change(tree, token);
                return true;
            },
            cancellationToken);

    Task<TResult> WriteAsync<TResult>(MailboxName[] names, Func<MailboxTree, CancellationToken, Task<TResult>> change, CancellationToken cancellationToken) =>
        database.WriteAsync(
            lease,
            async (scope, token) =>
            {
                return await MailboxTree.ChangeAsync(database, scope, userId, username, names, tree => change(tree, token), token);
            },
            cancellationToken);

    /// <summary>The annotations of a mailbox, and its name to its owner.</summary>
    async ValueTask<(MailboxMetadata Metadata, MailboxName? Name)> MetadataOfAsync(MailboxName? mailbox, CancellationToken cancellationToken)
    {
        if (mailbox is not { } name || others is null || !await others.IncludesAsync(name, cancellationToken))
            return (new MailboxMetadata(database, lease), mailbox);
        var found = await others.FindAsync(name, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(name);
        return (new MailboxMetadata(database, found.LeaseFor(userId)), found.OwnName);
    }
}
