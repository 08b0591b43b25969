using MailStore.Import;

namespace MailStore.Tenants;

/// <summary>
/// Takes back a tenant that was exported: users with their passwords and limits, mailboxes with what they are for, who may see them and what is noted
/// of them, subscriptions, and messages with flags and dates. UIDs are given anew. What is there already is left as it is, so an import that was broken off can be run again.
/// </summary>
sealed class ImportTenant(ITenantDirectory tenants, IUserDirectory users, ImportReport report)
{
    /// <summary>Imports it.</summary>
    /// <param name="folder">Where it was exported to.</param>
    /// <param name="manifest">What it was.</param>
    /// <param name="resume">Whether the tenant may be there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackendException">The tenant or a domain or user of it is there already, or the store failed.</exception>
    /// <exception cref="IOException">The folder is not as the export made it.</exception>
    public async Task RunAsync(string folder, TenantManifest manifest, bool resume, CancellationToken cancellationToken)
    {
        var found = Check(manifest);
        RequireMaildirs(folder, manifest);
        await AddAsync(manifest, resume, cancellationToken);
        var there = await users.ListUsersAsync(manifest.Name, cancellationToken).Select(static user => user.Username).ToHashSetAsync(StringComparer.OrdinalIgnoreCase, cancellationToken);
        foreach (var (user, password) in found)
        {
            if (!there.Contains(user.Name))
                await users.AddUserAsync(user.Name, password, manifest.Name, cancellationToken);
            await ImportAsync(folder, user, cancellationToken);
        }

        // Everybody who is given something is there now.
        foreach (var user in manifest.Users)
        {
            await ShareAsync(user, cancellationToken);
            await AnnotateAsync(user, cancellationToken);
            // Until now all that was there had to come in.
            if (user.Limits is { } limits)
                await users.SetLimitsAsync(user.Name, limits, cancellationToken);
            if (user.IsAdministrator)
                await users.SetAdministratorAsync(user.Name, true, cancellationToken);
        }

        // Last, for until then more may come.
        await tenants.SetMaxUsersAsync(manifest.Name, manifest.MaxUsers, cancellationToken);
        if (manifest.State == AccountState.Suspended)
            await tenants.SuspendTenantAsync(manifest.Name, cancellationToken);
    }

    /// <summary>Before anything is made: all names and passwords are some.</summary>
    static List<(UserManifest User, StoredPassword Password)> Check(TenantManifest manifest)
    {
        var found = new List<(UserManifest User, StoredPassword Password)>();
        foreach (var user in manifest.Users)
        {
            found.Add((user, StoredPassword.TryParse(user.Password, out var password) ? password : throw new IOException($"The stored password of {user.Name} is damaged.")));
            foreach (var name in user.Mailboxes.Select(static mailbox => mailbox.Name).Concat(user.Subscriptions))
                if (!MailboxName.TryParse(name, out _, out var fault))
                    throw new IOException($"A mailbox of {user.Name} has a name that is none. {fault}");
        }

        return found;
    }

    static void RequireMaildirs(string folder, TenantManifest manifest)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        foreach (var maildir in manifest.Users.SelectMany(static user => user.Mailboxes).Select(static mailbox => mailbox.Maildir).OfType<string>())
        {
            var path = Path.GetFullPath(Path.Combine(root, maildir));
            if (!path.StartsWith(root, StringComparison.Ordinal) || !MaildirFolder.IsMaildir(path))
                throw new IOException($"The export is not whole: there is no Maildir {maildir} in it.");
        }
    }

    async Task AddAsync(TenantManifest manifest, bool resume, CancellationToken cancellationToken)
    {
        try
        {
            await tenants.AddTenantAsync(manifest.Name, manifest.Domains, null, cancellationToken);
        }
        catch (BackendException exception) when (resume && exception.Error == BackendError.TenantAlreadyExists)
        {
            foreach (var domain in manifest.Domains)
                await tenants.AddDomainAsync(manifest.Name, domain, cancellationToken);
        }
    }

    async Task ImportAsync(string folder, UserManifest manifest, CancellationToken cancellationToken)
    {
        var user = await users.OpenUserAsync(manifest.Name, cancellationToken);
        foreach (var mailbox in manifest.Mailboxes.Where(static mailbox => mailbox.Maildir is not null))
            await ImportAsync(user, mailbox, Path.Combine(folder, mailbox.Maildir!), cancellationToken);
        await SubscribeAsync(user, manifest.Subscriptions, cancellationToken);
        await RestoreNamesAsync(user, manifest, cancellationToken);
        if (manifest.State != AccountState.Active)
            await users.SuspendUserAsync(manifest.Name, cancellationToken);
    }

    /// <summary>Gives others the rights that they had. Who has been removed in between gets none.</summary>
    async Task ShareAsync(UserManifest manifest, CancellationToken cancellationToken)
    {
        var shared = manifest.Mailboxes.Where(static mailbox => mailbox is { Maildir: not null, Rights.Count: > 0 }).ToList();
        if (shared.Count == 0 || await users.OpenUserAsync(manifest.Name, cancellationToken) is not IAclUser user)
            return;
        foreach (var mailbox in shared)
            foreach (var (identifier, rights) in mailbox.Rights!)
                await TryAsync(BackendError.NoSuchUser, () => user.SetRightsAsync(MailboxName.Parse(mailbox.Name), identifier, RightsOperation.Replace, rights, cancellationToken));
    }

    /// <summary>Annotates the server, the mailboxes, and the names that are none.</summary>
    async Task AnnotateAsync(UserManifest manifest, CancellationToken cancellationToken)
    {
        if (await users.OpenUserAsync(manifest.Name, cancellationToken) is not IMetadataUser user)
            return;
        await SetAsync(null, manifest.Annotations);
        foreach (var mailbox in manifest.Mailboxes)
            await SetAsync(MailboxName.Parse(mailbox.Name), mailbox.Annotations);

        async Task SetAsync(MailboxName? mailbox, IReadOnlyDictionary<string, byte[]>? annotations)
        {
            if (annotations is { Count: > 0 })
                await TryAsync(BackendError.NoSuchMailbox, () => user.SetMetadataAsync(mailbox, [.. annotations.Select(static entry => new MetadataEntry(entry.Key, entry.Value))], cancellationToken));
        }
    }

    async Task ImportAsync(IUser user, MailboxManifest manifest, string maildir, CancellationToken cancellationToken)
    {
        var name = MailboxName.Parse(manifest.Name);
        await TryAsync(BackendError.MailboxAlreadyExists, () => user.CreateMailboxAsync(name, new CreateOptions { SpecialUse = manifest.SpecialUse }, cancellationToken));
        var keywords = await MoreKeywords.ReadAsync(maildir, cancellationToken);
        await using var target = await ImportTarget.OpenAsync(user, name, again: false, report, cancellationToken);
        await foreach (var message in MaildirReader.ReadAsync(maildir, report, cancellationToken))
            await target.AddAsync(With(message, keywords), cancellationToken);
        await target.CompleteAsync();
    }

    static SourceMessage With(SourceMessage message, Dictionary<uint, FlagSet> keywords) =>
        keywords.TryGetValue(MoreKeywords.UidOf(message.File), out var more)
            ? new SourceMessage { File = message.File, Number = message.Number, Content = message.Content, Flags = message.Flags.Union(more), Date = message.Date }
            : message;

    /// <summary>Subscribes; a name without a mailbox gets one for as long as that takes.</summary>
    static async Task SubscribeAsync(IUser user, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        foreach (var name in names.Select(MailboxName.Parse))
        {
            if (!await TryAsync(BackendError.NoSuchMailbox, () => user.SetSubscribedAsync(name, true, cancellationToken)))
            {
                await user.CreateMailboxAsync(name, CreateOptions.Default, cancellationToken);
                await user.SetSubscribedAsync(name, true, cancellationToken);
                await user.DeleteMailboxAsync(name, cancellationToken);
            }
        }
    }

    /// <summary>Makes mailboxes that were made only for those below them names again that hold nothing, or takes them away. RFC 9051 §6.3.5.</summary>
    static async Task RestoreNamesAsync(IUser user, UserManifest manifest, CancellationToken cancellationToken)
    {
        var selectable = manifest.Mailboxes.Where(static mailbox => mailbox.Maildir is not null).Select(static mailbox => MailboxName.Parse(mailbox.Name)).ToHashSet();
        var superfluous = manifest.Mailboxes.Where(static mailbox => mailbox.Maildir is null).Select(static mailbox => MailboxName.Parse(mailbox.Name))
            .Concat(manifest.Subscriptions.Select(MailboxName.Parse).SelectMany(static name => name.Superiors))
            .Where(name => !selectable.Contains(name))
            .ToHashSet();
        foreach (var info in (await user.ListMailboxesAsync(subscribed: false, cancellationToken)).Where(info => info.IsSelectable && superfluous.Contains(info.Name)).OrderByDescending(static info => info.Name.Value.Length))
            if (await IsEmptyAsync(user, info.Name, cancellationToken))
                await user.DeleteMailboxAsync(info.Name, cancellationToken);
    }

    /// <summary>The user may have come between two runs of the import and made a mailbox of a name.</summary>
    static async Task<bool> IsEmptyAsync(IUser user, MailboxName name, CancellationToken cancellationToken) =>
        (await (await user.GetMailboxAsync(name, cancellationToken)).GetStatusAsync(StatusItems.Messages, cancellationToken)).Messages == 0;

    static async Task<bool> TryAsync(BackendError expected, Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (BackendException exception) when (exception.Error == expected)
        {
            return false;
        }
    }
}
