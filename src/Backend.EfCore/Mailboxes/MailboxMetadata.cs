using Backend.EfCore.Entities;
using Backend.EfCore.Messages;
using Backend.EfCore.Sharing;
using Backend.EfCore.Tenancy;
using Backend.EfCore.Writing;

namespace Backend.EfCore.Mailboxes;

/// <summary>GETMETADATA and SETMETADATA of a user's mailboxes. RFC 5464 §4.2-4.3.</summary>
/// <param name="database">The store.</param>
/// <param name="whose">The owner's lease, perhaps for a guest, who has no private annotations there.</param>
sealed class MailboxMetadata(MailStoreDatabase database, Lease whose)
{
    /// <summary>Beside the right l it takes one of these. RFC 5464 §3.3.</summary>
    const MailboxRights Any = MailboxRights.Read | MailboxRights.KeepSeen | MailboxRights.Write | MailboxRights.Insert | MailboxRights.Post;

    readonly Lease owner = whose.Needing(MailboxRights.Lookup);
    readonly int userId = whose.UserId;

    /// <summary>Copies all annotations of one mailbox to another that has none. RFC 5464 §4.1.</summary>
    public static async Task CopyAsync(MailStoreContext context, MailboxEntity source, MailboxEntity target, CancellationToken cancellationToken)
    {
        foreach (var metadata in await Of(context, source.UserId, source.MailboxId).ToListAsync(cancellationToken))
            context.Add(new MailboxMetadataEntity { UserId = target.UserId, MailboxId = target.MailboxId, Entry = metadata.Entry, Value = metadata.Value });
    }

    /// <summary>Removes all annotations of a mailbox. RFC 5464 §4.1.</summary>
    public static Task RemoveAsync(MailStoreContext context, MailboxEntity mailbox, CancellationToken cancellationToken) =>
        Of(context, mailbox.UserId, mailbox.MailboxId).ExecuteDeleteAsync(cancellationToken);

    public Task<IReadOnlyList<MetadataEntry>> GetAsync(MailboxName? mailbox, IReadOnlyCollection<string> names, bool withInferiors, CancellationToken cancellationToken) =>
        database.ReadConsistentlyAsync<IReadOnlyList<MetadataEntry>>(
            owner,
            async (context, token) =>
            {
                var all = Of(context, userId, await FindAsync(context, mailbox, token));
                string[] exact = [.. names];
                var rows = await (withInferiors ? all : all.Where(metadata => EF.Parameter(exact).Contains(metadata.Entry))).ToListAsync(token);
                return [.. rows
                    .Where(metadata => IsVisible(metadata.Entry) && names.Any(name => metadata.Entry == name || metadata.Entry.StartsWith(name + "/", StringComparison.Ordinal)))
                    .OrderBy(static metadata => metadata.Entry, StringComparer.Ordinal)
                    .Select(static metadata => new MetadataEntry(metadata.Entry, metadata.Value))];
            },
            cancellationToken);

    public Task SetAsync(MailboxName? mailbox, IReadOnlyCollection<MetadataEntry> entries, CancellationToken cancellationToken)
    {
        if (mailbox is null && entries.Any(static entry => entry.Name.StartsWith(MetadataEntry.Shared, StringComparison.Ordinal)))
            throw new BackendException(BackendError.NoPermission, "What all users of the server share cannot be changed here.");
        if (!entries.All(entry => IsVisible(entry.Name)))
            throw new BackendException(BackendError.NoPrivateMetadata, "Somebody else's mailbox has no private annotations.");
        return database.WriteAsync(owner, (scope, token) => SetAsync(scope, mailbox, entries, token), cancellationToken);
    }

    static IQueryable<MailboxMetadataEntity> Of(MailStoreContext context, int userId, int mailboxId) =>
        context.MailboxMetadata.Where(metadata => metadata.UserId == userId && metadata.MailboxId == mailboxId);

    bool IsVisible(string name) => owner.Guest is null || name.StartsWith(MetadataEntry.Shared, StringComparison.Ordinal);

    /// <summary>Under the user's lock, so that mailboxes keep their names and no two add the last annotation that there is room for.</summary>
    async Task<bool> SetAsync(WriteScope scope, MailboxName? mailbox, IReadOnlyCollection<MetadataEntry> entries, CancellationToken cancellationToken)
    {
        var context = scope.Context;
        var user = await database.Dialect.LockUserAsync(context, userId, cancellationToken) ?? throw new BackendException(BackendError.Unavailable, "The user has been removed.");
        var mailboxId = await FindAsync(context, mailbox, cancellationToken);
        string[] names = [.. entries.Select(static entry => entry.Name)];
        var existing = await Of(context, userId, mailboxId).AsTracking().Where(metadata => EF.Parameter(names).Contains(metadata.Entry)).ToDictionaryAsync(static metadata => metadata.Entry, cancellationToken);
        var changes = entries.Where(entry => IsChange(entry, existing.GetValueOrDefault(entry.Name))).ToList();
        if (changes.Count == 0)
            return true;
        var added = changes.Sum(entry => Set(context, mailboxId, entry, existing.GetValueOrDefault(entry.Name)));
        if (added > 0 && await Of(context, userId, mailboxId).CountAsync(cancellationToken) + added > MetadataEntry.MaxCount)
            throw new BackendException(BackendError.TooManyEntries, $"A mailbox can have {MetadataEntry.MaxCount} annotations.");
        scope.PublishAfterCommit(mailbox is null
            ? new MailboxUpdate { Username = user.Name }
            : await CountChangeAsync(context, mailbox.Value, mailboxId, user.Name, cancellationToken));
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>RFC 7162 §3.2: a change of annotations is one of the mailbox.</summary>
    async Task<MailboxUpdate> CountChangeAsync(MailStoreContext context, MailboxName name, int mailboxId, string username, CancellationToken cancellationToken)
    {
        var mailbox = await database.Dialect.LockMailboxAsync(context, userId, mailboxId, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(name);
        mailbox.HighestModSeq++;
        return mailbox.Selectable ? MailboxStatuses.Update(username, mailbox) : new MailboxUpdate { Username = username, Mailbox = name };
    }

    static bool IsChange(MetadataEntry entry, MailboxMetadataEntity? existing) =>
        entry.Value is { } value ? existing is null || !value.Span.SequenceEqual(existing.Value) : existing is not null;

    /// <returns>How many there are more: 1, 0 or -1.</returns>
    int Set(MailStoreContext context, int mailboxId, MetadataEntry entry, MailboxMetadataEntity? existing)
    {
        if (entry.Value is not { } value)
        {
            context.Remove(existing!);
            return -1;
        }

        if (existing is not null)
        {
            existing.Value = value.ToArray();
            return 0;
        }

        context.Add(new MailboxMetadataEntity { UserId = userId, MailboxId = mailboxId, Entry = entry.Name, Value = value.ToArray() });
        return 1;
    }

    /// <summary>The mailbox. A guest's is the one to which the rights are that were just looked up, whatever its name is by now.</summary>
    async Task<int> FindAsync(MailStoreContext context, MailboxName? mailbox, CancellationToken cancellationToken)
    {
        if (owner.Guest is { } guest)
            return (guest.Rights & Any) != 0 ? guest.MailboxId : throw GuestCheck.NoPermission();
        return mailbox is not { } name ? MailboxMetadataEntity.Server
            : await database.Queries.Mailboxes.ByName(context, userId, name.Value, cancellationToken) is { } found ? found.MailboxId
            : throw MailboxTree.NoSuchMailbox(name);
    }
}
