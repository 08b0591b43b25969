namespace Imap.Server.Tests.Interception;

/// <summary>A user behind an <see cref="InterceptedBackend"/>.</summary>
sealed class InterceptedUser(InterceptedBackend backend, IUser user)
    : IListStatusUser,
        IAclUser,
        IQuotaUser,
        IMetadataUser
{
    public string Username => user.Username;

    public Task<IReadOnlyList<MailboxInfo>> ListMailboxesAsync(bool subscribed, CancellationToken cancellationToken) =>
        Before("list").ListMailboxesAsync(subscribed, cancellationToken);

    public Task<IReadOnlyDictionary<MailboxName, MailboxStatus>> GetStatusesAsync(IReadOnlyCollection<MailboxName> names, StatusItems items, CancellationToken cancellationToken) =>
        ((IListStatusUser)Before("statuses")).GetStatusesAsync(names, items, cancellationToken);

    public async Task<IMailbox> GetMailboxAsync(MailboxName name, CancellationToken cancellationToken) =>
        new InterceptedMailbox(backend, await Before("get").GetMailboxAsync(name, cancellationToken));

    public Task<CreateData> CreateMailboxAsync(MailboxName name, CreateOptions options, CancellationToken cancellationToken) =>
        Before("create").CreateMailboxAsync(name, options, cancellationToken);

    public Task DeleteMailboxAsync(MailboxName name, CancellationToken cancellationToken) => Before("delete").DeleteMailboxAsync(name, cancellationToken);

    public Task RenameMailboxAsync(MailboxName existingName, MailboxName newName, CancellationToken cancellationToken) =>
        Before("rename").RenameMailboxAsync(existingName, newName, cancellationToken);

    public Task SetSubscribedAsync(MailboxName name, bool subscribed, CancellationToken cancellationToken) =>
        Before("subscribe").SetSubscribedAsync(name, subscribed, cancellationToken);

    public Task<IReadOnlyList<AclEntry>> GetAclAsync(MailboxName name, CancellationToken cancellationToken) => ((IAclUser)Before("getacl")).GetAclAsync(name, cancellationToken);

    public Task SetRightsAsync(MailboxName name, string identifier, RightsOperation operation, MailboxRights rights, CancellationToken cancellationToken) =>
        ((IAclUser)Before("setacl")).SetRightsAsync(name, identifier, operation, rights, cancellationToken);

    public Task<GrantableRights> GetGrantableRightsAsync(MailboxName name, string identifier, CancellationToken cancellationToken) =>
        ((IAclUser)Before("listrights")).GetGrantableRightsAsync(name, identifier, cancellationToken);

    public Task<MailboxRights> GetMyRightsAsync(MailboxName name, CancellationToken cancellationToken) => ((IAclUser)Before("myrights")).GetMyRightsAsync(name, cancellationToken);

    public Task<IReadOnlyList<QuotaRoot>> GetQuotaRootsAsync(MailboxName mailbox, CancellationToken cancellationToken) =>
        ((IQuotaUser)Before("quota")).GetQuotaRootsAsync(mailbox, cancellationToken);

    public Task<QuotaRoot> GetQuotaAsync(string root, CancellationToken cancellationToken) => ((IQuotaUser)Before("quota")).GetQuotaAsync(root, cancellationToken);

    public Task<QuotaRoot> SetQuotaAsync(string root, QuotaLimits limits, CancellationToken cancellationToken) =>
        ((IQuotaUser)Before("quota")).SetQuotaAsync(root, limits, cancellationToken);

    public Task<IReadOnlyList<MetadataEntry>> GetMetadataAsync(MailboxName? mailbox, IReadOnlyCollection<string> names, bool withInferiors, CancellationToken cancellationToken) =>
        ((IMetadataUser)Before("metadata")).GetMetadataAsync(mailbox, names, withInferiors, cancellationToken);

    public Task SetMetadataAsync(MailboxName? mailbox, IReadOnlyCollection<MetadataEntry> entries, CancellationToken cancellationToken) =>
        ((IMetadataUser)Before("metadata")).SetMetadataAsync(mailbox, entries, cancellationToken);

    public Task LogoutAsync() => user.LogoutAsync();

    IUser Before(string operation)
    {
        backend.Before(operation);
        return user;
    }
}
