namespace Backend.Memory;

/// <inheritdoc cref="IUser"/>
sealed class MemoryUser(Session session) : IListStatusUser, IAclUser, IQuotaUser, IMetadataUser
{
    readonly Account account = session.Account;
    readonly Others others = new(session);

    /// <inheritdoc/>
    public string Username => account.Username;

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailboxInfo>> ListMailboxesAsync(bool subscribed, CancellationToken cancellationToken) =>
        session.RunAsync<IReadOnlyList<MailboxInfo>>(() => others.List(subscribed), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<MailboxName, MailboxStatus>> GetStatusesAsync(IReadOnlyCollection<MailboxName> names, StatusItems items, CancellationToken cancellationToken) =>
        session.RunAsync<IReadOnlyDictionary<MailboxName, MailboxStatus>>(
            () => names.Distinct().Select(name => (Name: name, Place: others.Seek(name))).Where(static each => each.Place?.Rights.HasFlag(MailboxRights.Read) == true).ToDictionary(
                static each => each.Name,
                each => each.Place!.Mailbox.Describe(items, readOnly: false) with
                {
                    Name = each.Name,
                    Recent = items.HasFlag(StatusItems.Recent) ? each.Place.Mailbox.Messages.Keys.Count(uid => uid.Value > each.Place.Mailbox.RecentUid) : null,
                }),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IMailbox> GetMailboxAsync(MailboxName name, CancellationToken cancellationToken) =>
        session.RunAsync<IMailbox>(() => new MemoryMailbox(session, others.Open(name), name), cancellationToken);

    /// <inheritdoc/>
    public Task<CreateData> CreateMailboxAsync(MailboxName name, CreateOptions options, CancellationToken cancellationToken) =>
        session.RunAsync(() => others.Include(name) ? others.Create(name, options.SpecialUse) : account.Create(name, options.SpecialUse), cancellationToken);

    /// <inheritdoc/>
    public Task DeleteMailboxAsync(MailboxName name, CancellationToken cancellationToken) =>
        session.RunAsync(() => (others.Include(name) ? (Action<MailboxName>)others.Delete : account.Delete)(name), cancellationToken);

    /// <inheritdoc/>
    public Task RenameMailboxAsync(MailboxName existingName, MailboxName newName, CancellationToken cancellationToken) =>
        session.RunAsync(() => (others.Include(existingName) || others.Include(newName) ? (Action<MailboxName, MailboxName>)others.Rename : account.Rename)(existingName, newName), cancellationToken);

    /// <inheritdoc/>
    public Task SetSubscribedAsync(MailboxName name, bool subscribed, CancellationToken cancellationToken) =>
        session.RunAsync(
            () => account.SetSubscribed(name, subscribed, isThere: others.Include(name) && (!subscribed || others.RightsTo(name).HasFlag(MailboxRights.Lookup))),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AclEntry>> GetAclAsync(MailboxName name, CancellationToken cancellationToken) =>
        session.RunAsync(
            () =>
            {
                var place = Administer(name);
                return place.Mailbox.Access.Entries(place.Owner);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task SetRightsAsync(MailboxName name, string identifier, RightsOperation operation, MailboxRights rights, CancellationToken cancellationToken) =>
        session.RunAsync(
            () =>
            {
                var place = Administer(name);
                var grantee = Find(place.Owner, identifier);
                if (grantee != place.Owner)
                {
                    OtherUsers.NameOf(place.Owner.Username, place.Mailbox.Name);
                    place.Mailbox.Access.Set(grantee, operation, rights);
                    place.Owner.Publish(place.Mailbox.Name, place.Mailbox);
                }
                else if (operation == RightsOperation.Remove ? rights != MailboxRights.None : operation == RightsOperation.Replace && rights != MailboxRights.All)
                {
                    throw new BackendException(BackendError.Cannot, "The owner of a mailbox has every right to it always.");
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<GrantableRights> GetGrantableRightsAsync(MailboxName name, string identifier, CancellationToken cancellationToken) =>
        session.RunAsync(
            () =>
            {
                var owner = Administer(name).Owner;
                return Find(owner, identifier) == owner ? new GrantableRights(MailboxRights.All, MailboxRights.None) : new GrantableRights(MailboxRights.None, MailboxRights.All);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<MailboxRights> GetMyRightsAsync(MailboxName name, CancellationToken cancellationToken) => session.RunAsync(() => others.RightsTo(name), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<QuotaRoot>> GetQuotaRootsAsync(MailboxName mailbox, CancellationToken cancellationToken) =>
        session.RunAsync<IReadOnlyList<QuotaRoot>>(() => [others.Include(mailbox) ? OwnerOf(mailbox).Quota : account.Quota], cancellationToken);

    /// <inheritdoc/>
    public Task<QuotaRoot> GetQuotaAsync(string root, CancellationToken cancellationToken) => session.RunAsync(() => FindRoot(root).Quota, cancellationToken);

    /// <inheritdoc/>
    public Task<QuotaRoot> SetQuotaAsync(string root, QuotaLimits limits, CancellationToken cancellationToken) =>
        session.RunAsync(
            () =>
            {
                if (!account.IsAdministrator)
                    throw new BackendException(BackendError.NoPermission, "Only an administrator can set quotas.");
                var found = FindRoot(root);
                found.Limits = limits;
                return found.Quota;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetadataEntry>> GetMetadataAsync(MailboxName? mailbox, IReadOnlyCollection<string> names, bool withInferiors, CancellationToken cancellationToken) =>
        session.RunAsync<IReadOnlyList<MetadataEntry>>(
            () =>
            {
                var place = MetadataOf(mailbox);
                return [.. place.Owner.MetadataOf(place.Mailbox)
                    .Where(entry => (!place.IsGuest || IsShared(entry.Key)) && names.Any(name => entry.Key == name || (withInferiors && entry.Key.StartsWith(name + "/", StringComparison.Ordinal))))
                    .Select(static entry => new MetadataEntry(entry.Key, entry.Value))];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task SetMetadataAsync(MailboxName? mailbox, IReadOnlyCollection<MetadataEntry> entries, CancellationToken cancellationToken) =>
        session.RunAsync(
            () =>
            {
                var place = MetadataOf(mailbox);
                if (mailbox is null && entries.Any(static entry => IsShared(entry.Name)))
                    throw new BackendException(BackendError.NoPermission, "What all users of the server share cannot be changed here.");
                if (place.IsGuest && !entries.All(static entry => IsShared(entry.Name)))
                    throw new BackendException(BackendError.NoPrivateMetadata, "Somebody else's mailbox has no private annotations.");
                place.Owner.Annotate(place.Mailbox, entries);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task LogoutAsync() => Task.CompletedTask;

    Others.Place Administer(MailboxName name)
    {
        var place = others.Open(name);
        Others.Require(place.Rights, MailboxRights.Administer);
        return place;
    }

    /// <summary>Whom an identifier means; null is anyone.</summary>
    Account? Find(Account owner, string identifier) =>
        identifier.StartsWith('-') ? throw new BackendException(BackendError.Cannot, "There are no negative rights here: take away what was given instead.")
        : identifier.Equals(AclEntry.Anyone, StringComparison.OrdinalIgnoreCase) ? null
        : session.Store.Accounts.GetValueOrDefault(LoginName.Normalize(identifier)) is { } found && found.Tenant == owner.Tenant ? found
        : throw new BackendException(BackendError.NoSuchUser, $"There is no user {identifier}.");

    static bool IsShared(string entry) => entry.StartsWith(MetadataEntry.Shared, StringComparison.Ordinal);

    /// <summary>The mailbox whose annotations are meant; none for the server. Of somebody else's it takes one of the rights of RFC 5464 §3.3.</summary>
    (Account Owner, StoredMailbox? Mailbox, bool IsGuest) MetadataOf(MailboxName? mailbox)
    {
        if (mailbox is not { } name)
            return (account, null, false);
        if (!others.Include(name))
            return (account, account.Mailboxes.GetValueOrDefault(name) ?? throw new BackendException(BackendError.NoSuchMailbox, $"There is no mailbox \"{name}\"."), false);
        var place = others.Open(name);
        const MailboxRights Enough = MailboxRights.Read | MailboxRights.KeepSeen | MailboxRights.Write | MailboxRights.Insert | MailboxRights.Post;
        Others.Require(place.Rights, MailboxRights.Lookup);
        if ((place.Rights & Enough) == 0)
            Others.Require(place.Rights, MailboxRights.Read);
        return (place.Owner, place.Mailbox, true);
    }

    /// <summary>Whose quota a mailbox of somebody else counts for, which shows how much is in it. RFC 9208 §6.</summary>
    Account OwnerOf(MailboxName name)
    {
        var place = others.Open(name);
        Others.Require(place.Rights, MailboxRights.Read);
        return place.Owner;
    }

    /// <summary>The account of a quota root: the user's own, or to an administrator any of the tenant.</summary>
    Account FindRoot(string root) =>
        session.Store.Accounts.GetValueOrDefault(LoginName.Normalize(root)) is { } found && (found == account || (account.IsAdministrator && found.Tenant == account.Tenant))
            ? found
            : throw new BackendException(BackendError.NoSuchQuotaRoot, $"There is no quota root \"{root}\" for you.");
}
