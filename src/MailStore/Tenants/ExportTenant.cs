using System.Text;
using MailStore.Export;

namespace MailStore.Tenants;

/// <summary>
/// Writes a tenant whole into a folder: a Maildir++ for each user, and a manifest with which it can be taken back. The manifest comes last, so a folder
/// without one is an export that did not come to its end.
/// </summary>
sealed class ExportTenant(ITenantDirectory tenants, IUserDirectory users, TimeProvider clock, ExportReport report)
{
    const string UsersFolder = "users";

    /// <summary>A file's name can be 255 octets long, and longer ones come behind this one.</summary>
    const int MaxFolderName = 200;

    const int MaxUserPart = 60;

    readonly MaildirWriter writer = new(clock);

    /// <summary>Exports it.</summary>
    /// <returns>What was exported.</returns>
    /// <exception cref="BackendException">There is no such tenant, or the store failed.</exception>
    /// <exception cref="IOException">The folder is not empty, or cannot be written.</exception>
    public async Task<TenantManifest> RunAsync(string name, string folder, CancellationToken cancellationToken)
    {
        var normalized = name.ToLowerInvariant();
        var tenant = await tenants.ListTenantsAsync(cancellationToken).FirstOrDefaultAsync(each => each.Name == normalized, cancellationToken)
            ?? throw new BackendException(BackendError.NoSuchTenant, $"There is no tenant {name}.");
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new IOException($"{folder} is there already and is no empty folder: choose another path, or move it away first.");
        report.Expected = tenant.Messages;
        Directory.CreateDirectory(folder);
        var exported = new List<UserManifest>();
        await foreach (var user in users.ListUsersAsync(tenant.Name, cancellationToken))
            exported.Add(await ExportAsync(user, folder, $"{UsersFolder}/{exported.Count + 1:D6}-{FolderPart(user.Username)}", cancellationToken));
        var manifest = new TenantManifest
        {
            Format = TenantManifest.CurrentFormat,
            Name = tenant.Name,
            State = tenant.State,
            MaxUsers = tenant.MaxUsers,
            Domains = tenant.Domains,
            Users = exported,
        };
        await manifest.WriteAsync(folder, cancellationToken);
        return manifest;
    }

    static string FolderPart(string username) =>
        string.Concat(username.Take(MaxUserPart).Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@' ? c : '_'));

    async Task<UserManifest> ExportAsync(UserInfo info, string folder, string place, CancellationToken cancellationToken)
    {
        var user = await users.OpenUserAsync(info.Username, cancellationToken);
        var mailboxes = new List<MailboxManifest>();
        foreach (var mailbox in await user.ListMailboxesAsync(subscribed: false, cancellationToken))
            mailboxes.Add(await ExportAsync(user, mailbox, folder, PlaceOf(mailbox.Name, place, mailboxes.Count), cancellationToken));
        return new UserManifest
        {
            Name = info.Username,
            State = info.State,
            Password = (await users.GetPasswordAsync(info.Username, cancellationToken)).ToString(),
            Limits = info.Limits == QuotaLimits.None ? null : info.Limits,
            IsAdministrator = info.IsAdministrator,
            Annotations = await AnnotationsAsync(user, null, cancellationToken),
            Subscriptions = [.. (await user.ListMailboxesAsync(subscribed: true, cancellationToken)).Select(static each => each.Name.Value)],
            Mailboxes = mailboxes,
        };
    }

    static string PlaceOf(MailboxName mailbox, string place, int number)
    {
        if (mailbox.IsInbox)
            return place;
        var name = MaildirFolder.NameOf(mailbox);
        return $"{place}/{(Encoding.UTF8.GetByteCount(name) <= MaxFolderName ? name : $".mailbox {number + 1:D6}")}";
    }

    async Task<MailboxManifest> ExportAsync(IUser user, MailboxInfo info, string folder, string place, CancellationToken cancellationToken)
    {
        var before = report.Messages;
        IReadOnlyDictionary<string, MailboxRights>? rights = null;
        if (info.IsSelectable && user is IAclUser sharing && await sharing.GetAclAsync(info.Name, cancellationToken) is { Count: > 1 } list)
            rights = list.Skip(1).ToDictionary(static entry => entry.Identifier, static entry => entry.Rights);
        if (info.IsSelectable)
        {
            var mailbox = await user.GetMailboxAsync(info.Name, cancellationToken);
            var maildir = Path.Combine(folder, place);
            await writer.WriteAsync(mailbox, maildir, report, cancellationToken);
            await MoreKeywords.WriteAsync(mailbox, maildir, cancellationToken);
            report.Mailboxes++;
        }

        return new MailboxManifest
        {
            Name = info.Name.Value,
            SpecialUse = info.SpecialUse,
            Maildir = info.IsSelectable ? place : null,
            Rights = rights,
            Annotations = await AnnotationsAsync(user, info.Name, cancellationToken),
            Messages = report.Messages - before,
        };
    }

    /// <summary>All annotations of a mailbox, or of the server; null without any.</summary>
    static async Task<IReadOnlyDictionary<string, byte[]>?> AnnotationsAsync(IUser user, MailboxName? mailbox, CancellationToken cancellationToken) =>
        user is IMetadataUser annotating && await annotating.GetMetadataAsync(mailbox, [MetadataEntry.Private.TrimEnd('/'), MetadataEntry.Shared.TrimEnd('/')], withInferiors: true, cancellationToken) is { Count: > 0 } entries
            ? entries.ToDictionary(static entry => entry.Name, static entry => entry.Value!.Value.ToArray())
            : null;
}
