using Backend.EfCore.Entities;
using Backend.EfCore.Messages;
using Backend.EfCore.Writing;

namespace Backend.EfCore.Mailboxes;

/// <summary>
/// Changes of a user's hierarchy of names, in the caller's transaction. The user's row is taken first: two changes of one user's
/// hierarchy come one after the other.
/// </summary>
sealed class MailboxTree(MailStoreDatabase database, WriteScope scope, int userId)
{
    readonly MailStoreContext context = scope.Context;

    public static BackendException NoSuchMailbox(MailboxName name) => new(BackendError.NoSuchMailbox, $"There is no mailbox \"{name}\".");

    /// <summary>Why a mailbox cannot be used that was there and has gone before it could be locked: its name may have stayed for its inferiors.</summary>
    public static async Task<BackendException> GoneAsync(MailStoreDatabase database, MailStoreContext context, int userId, MailboxName name, CancellationToken cancellationToken) =>
        await database.Queries.Mailboxes.ByName(context, userId, name.Value, cancellationToken) is { Selectable: false } ? NotSelectable(name) : NoSuchMailbox(name);

    public static BackendException NotSelectable(MailboxName name) => new(BackendError.NotSelectable, $"\"{name}\" is only a name above other mailboxes and holds no messages. Create it to make it a mailbox.");

    /// <summary>Adds a mailbox under a name that is free, with a UIDVALIDITY above any that the name ever had.</summary>
    public static async Task<MailboxEntity> AddAsync(WriteScope scope, UserEntity user, MailboxName name, SpecialUse specialUse, CancellationToken cancellationToken)
    {
        var history = await scope.Context.MailboxHistory.SingleOrDefaultAsync(each => each.UserId == user.Id && each.Name == name.Value, cancellationToken);
        var mailbox = new MailboxEntity
        {
            UserId = user.Id,
            MailboxId = user.NextMailboxId++,
            Name = name.Value,
            SpecialUse = specialUse,
            UidValidity = NewUidValidity(scope, history?.UidValidity ?? 0),
            UidNext = 1,
            HighestModSeq = 1,
        };
        scope.Context.Add(mailbox);
        return mailbox;
    }

    /// <summary>Changes a user's hierarchy and tells what the change made of these names.</summary>
    public static async Task<TResult> ChangeAsync<TResult>(MailStoreDatabase database, WriteScope scope, int userId, string username, MailboxName[] names, Func<MailboxTree, Task<TResult>> change, CancellationToken cancellationToken)
    {
        var result = await change(new MailboxTree(database, scope, userId));
        foreach (var name in names)
            scope.PublishAfterCommit(await database.Queries.Mailboxes.ByName(scope.Context, userId, name.Value, cancellationToken) is { Selectable: true } mailbox
                ? MailboxStatuses.Update(username, mailbox)
                : new MailboxUpdate { Username = username, Mailbox = name });
        return result;
    }

    /// <summary>RFC 9051 §6.3.4.</summary>
    public async Task<CreateData> CreateAsync(MailboxName name, CreateOptions options, CancellationToken cancellationToken)
    {
        var user = await LockUserAsync(cancellationToken);
        var existing = await FindAsync(name, cancellationToken);
        if (existing is { Selectable: true })
            throw AlreadyExists(name);
        if (options.SpecialUse != SpecialUse.None && await context.Mailboxes.AnyAsync(mailbox => mailbox.UserId == userId && mailbox.SpecialUse == options.SpecialUse, cancellationToken))
            throw new BackendException(BackendError.SpecialUseTaken, $"Another mailbox has the special use {options.SpecialUse} already.");
        if (existing is not null)
        {
            await ReviveAsync(await LockAsync(existing, cancellationToken), options.SpecialUse, cancellationToken);
            await InheritRightsAsync(await AddSuperiorsAsync(user, name, cancellationToken), existing, cancellationToken);
        }

        var created = existing ?? await AddWithSuperiorsAsync(user, name, options.SpecialUse, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        return new CreateData(MailboxStatuses.IdOf(created.UserId, created.MailboxId));
    }

    /// <summary>RFC 9051 §6.3.5. The messages go with the mailbox; what only they referred to goes in the sweep.</summary>
    public async Task DeleteAsync(MailboxName name, CancellationToken cancellationToken)
    {
        if (name.IsInbox)
            throw new BackendException(BackendError.Cannot, "INBOX cannot be deleted.");
        await LockUserAsync(cancellationToken);
        var found = await FindAsync(name, cancellationToken) ?? throw NoSuchMailbox(name);
        var hasInferiors = await Below(name).AnyAsync(cancellationToken);
        if (!found.Selectable && hasInferiors)
            throw new BackendException(BackendError.HasChildren, $"\"{name}\" is only a name above other mailboxes: delete those first.");
        var mailbox = await LockAsync(found, cancellationToken);
        Remember(mailbox, await HistoryAsync([mailbox.Name], cancellationToken));
        await MailboxMetadata.RemoveAsync(context, mailbox, cancellationToken);
        context.Remove(mailbox);
        await context.SaveChangesAsync(cancellationToken);
        if (hasInferiors)
            await AddPlaceholderAsync(name, cancellationToken);
    }

    /// <summary>RFC 9051 §6.3.6.</summary>
    public async Task RenameAsync(MailboxName from, MailboxName to, CancellationToken cancellationToken)
    {
        var user = await LockUserAsync(cancellationToken);
        var found = await FindAsync(from, cancellationToken) ?? throw NoSuchMailbox(from);
        if (to.IsInbox || await FindAsync(to, cancellationToken) is not null)
            throw AlreadyExists(to);
        if (to.IsInferiorTo(from) && !from.IsInbox)
            throw new BackendException(BackendError.Cannot, $"\"{from}\" cannot be renamed to a name below itself.");
        await AddSuperiorsAsync(user, to, cancellationToken);
        var target = from.IsInbox ? await AddAsync(scope, user, to, SpecialUse.None, cancellationToken) : null;
        await CheckLimitAsync(cancellationToken);
        if (target is not null)
        {
            var inbox = await LockAsync(found, cancellationToken);
            Remember(inbox, await HistoryAsync([inbox.Name], cancellationToken));
            await EmptyInboxAsync(inbox, target, cancellationToken);
            return;
        }

        var inferiors = await Below(from).Select(static mailbox => mailbox.MailboxId).ToListAsync(cancellationToken);
        var renamed = await database.Dialect.LockMailboxesAsync(context, userId, [found.MailboxId, .. inferiors], cancellationToken);
        string[] names = [.. renamed.Select(each => MailboxName.Parse(each.Name).Rebase(from, to).Value)];
        var history = await HistoryAsync([.. renamed.Select(static each => each.Name), .. names], cancellationToken);
        foreach (var (each, name) in renamed.Zip(names))
        {
            Remember(each, history);
            MoveToName(each, name, history);
        }

        await TellOthersNamesAsync(renamed, cancellationToken);
        // None of the new names is one of the old: the one would be below the other then, and either there already or refused.
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>RFC 9051 §6.3.7-6.3.8.</summary>
    /// <param name="name">The name.</param>
    /// <param name="subscribed">Whether it is to be subscribed to.</param>
    /// <param name="isThere">Whether it is known to be there: somebody else's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task SetSubscribedAsync(MailboxName name, bool subscribed, bool isThere, CancellationToken cancellationToken)
    {
        if (!subscribed)
        {
            await context.Subscriptions.Where(each => each.UserId == userId && each.Name == name.Value).ExecuteDeleteAsync(cancellationToken);
            return;
        }

        await LockUserAsync(cancellationToken);
        if (!isThere && await FindAsync(name, cancellationToken) is null)
            throw NoSuchMailbox(name);
        if (await context.Subscriptions.AnyAsync(each => each.UserId == userId && each.Name == name.Value, cancellationToken))
            return;
        context.Add(new SubscriptionEntity { UserId = userId, Name = name.Value });
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The clock in seconds, but always above what was: UIDVALIDITY only ever rises. RFC 9051 §2.3.1.1.</summary>
    static long NewUidValidity(WriteScope scope, long above) => Math.Max(scope.Now.ToUnixTimeSeconds(), above + 1);

    static BackendException AlreadyExists(MailboxName name) => new(BackendError.MailboxAlreadyExists, $"There is a mailbox \"{name}\" already.");

    async Task<UserEntity> LockUserAsync(CancellationToken cancellationToken)
    {
        var user = await database.Dialect.LockUserAsync(context, userId, cancellationToken)
            ?? throw new BackendException(BackendError.Unavailable, "The user has been removed.");
        return user;
    }

    /// <summary>The mailbox of a name. Names change under the user's lock only, which is held; all else may change until its own lock is.</summary>
    Task<MailboxEntity?> FindAsync(MailboxName name, CancellationToken cancellationToken) =>
        database.Queries.Mailboxes.ByName(context, userId, name.Value, cancellationToken);

    async Task<MailboxEntity> LockAsync(MailboxEntity found, CancellationToken cancellationToken) =>
        await database.Dialect.LockMailboxAsync(context, userId, found.MailboxId, cancellationToken) ?? throw NoSuchMailbox(MailboxName.Parse(found.Name));

    IQueryable<MailboxEntity> Below(MailboxName name) => ListMailboxes.Below(context, userId, name.Value);

    async Task<MailboxEntity> AddWithSuperiorsAsync(UserEntity user, MailboxName name, SpecialUse specialUse, CancellationToken cancellationToken)
    {
        var above = await AddSuperiorsAsync(user, name, cancellationToken);
        var added = await AddAsync(scope, user, name, specialUse, cancellationToken);
        await InheritRightsAsync(above, added, cancellationToken);
        await CheckLimitAsync(cancellationToken);
        return added;
    }

    /// <summary>Adds the superiors that are missing. They have the rights of the nearest that is there.</summary>
    /// <returns>That one.</returns>
    async Task<MailboxEntity?> AddSuperiorsAsync(UserEntity user, MailboxName name, CancellationToken cancellationToken)
    {
        MailboxEntity? nearest = null;
        foreach (var superior in name.Superiors)
            if (await FindAsync(superior, cancellationToken) is { } found)
                nearest = found;
            else
                await InheritRightsAsync(nearest, await AddAsync(scope, user, superior, SpecialUse.None, cancellationToken), cancellationToken);
        return nearest;
    }

    /// <summary>Gives a new mailbox the rights of the one above it. RFC 4314 §4 (CREATE).</summary>
    async Task InheritRightsAsync(MailboxEntity? above, MailboxEntity mailbox, CancellationToken cancellationToken)
    {
        if (above is null)
            return;
        var name = MailboxName.Parse(mailbox.Name);
        foreach (var rights in await context.MailboxRights.Where(each => each.UserId == userId && each.MailboxId == above.MailboxId).ToListAsync(cancellationToken))
            if (OtherUsers.TryParse(MailboxName.Parse(rights.Name), out var owner, out _))
                context.Add(new MailboxRightsEntity
                {
                    UserId = userId,
                    MailboxId = mailbox.MailboxId,
                    Identifier = rights.Identifier,
                    GranteeId = rights.GranteeId,
                    TenantId = rights.TenantId,
                    Rights = rights.Rights,
                    Name = OtherUsers.NameOf(owner, name).Value,
                });
    }

    /// <summary>Keeps what others call mailboxes in step with their names. RFC 4314 §4 (RENAME): the rights stay as they are.</summary>
    async Task TellOthersNamesAsync(IReadOnlyList<MailboxEntity> renamed, CancellationToken cancellationToken)
    {
        int[] ids = [.. renamed.Select(static mailbox => mailbox.MailboxId)];
        foreach (var rights in await context.MailboxRights.AsTracking().Where(each => each.UserId == userId && EF.Parameter(ids).Contains(each.MailboxId)).ToListAsync(cancellationToken))
            if (OtherUsers.TryParse(MailboxName.Parse(rights.Name), out var owner, out _))
                rights.Name = OtherUsers.NameOf(owner, MailboxName.Parse(renamed.Single(mailbox => mailbox.MailboxId == rights.MailboxId).Name)).Value;
    }

    async Task CheckLimitAsync(CancellationToken cancellationToken)
    {
        var adding = context.ChangeTracker.Entries<MailboxEntity>().Count(static entry => entry.State == EntityState.Added);
        var limit = database.Options.MaxMailboxesPerUser;
        if (adding > 0 && await context.Mailboxes.CountAsync(mailbox => mailbox.UserId == userId, cancellationToken) + adding > limit)
            throw new BackendException(BackendError.Limit, $"A user can have {limit} mailboxes. Delete some first.");
    }

    async Task AddPlaceholderAsync(MailboxName name, CancellationToken cancellationToken)
    {
        var user = await LockUserAsync(cancellationToken);
        var placeholder = await AddAsync(scope, user, name, SpecialUse.None, cancellationToken);
        placeholder.Selectable = false;
        await context.SaveChangesAsync(cancellationToken);
    }

    async Task ReviveAsync(MailboxEntity placeholder, SpecialUse specialUse, CancellationToken cancellationToken)
    {
        var history = await HistoryAsync([placeholder.Name], cancellationToken);
        placeholder.Selectable = true;
        placeholder.SpecialUse = specialUse;
        placeholder.UidValidity = NewUidValidity(scope, Math.Max(placeholder.UidValidity, history.GetValueOrDefault(placeholder.Name)?.UidValidity ?? 0));
    }

    /// <summary>Gives a mailbox another name, and a higher UIDVALIDITY where one of that name had this or a higher one.</summary>
    void MoveToName(MailboxEntity mailbox, string name, Dictionary<string, MailboxHistoryEntity> history)
    {
        if (history.TryGetValue(name, out var before) && before.UidValidity >= mailbox.UidValidity)
            mailbox.UidValidity = NewUidValidity(scope, before.UidValidity);
        mailbox.Name = name;
    }

    /// <summary>Moves all of INBOX to a new mailbox. INBOX stays what it is: who has it selected sees its messages expunged. RFC 9051 §6.3.6.</summary>
    async Task EmptyInboxAsync(MailboxEntity inbox, MailboxEntity target, CancellationToken cancellationToken)
    {
        (target.UidNext, target.HighestModSeq, target.RecentUid) = (inbox.UidNext, inbox.HighestModSeq, inbox.RecentUid);
        // The log of how they came to be as they are stays behind.
        target.PrunedModSeq = target.HighestModSeq;
        (target.Messages, target.Unseen, target.Deleted, target.Bytes) = (inbox.Messages, inbox.Unseen, inbox.Deleted, inbox.Bytes);
        if (inbox.Messages > 0)
            context.Add(new MailboxChangeEntity
            {
                UserId = userId,
                MailboxId = inbox.MailboxId,
                ModSeq = ++inbox.HighestModSeq,
                Kind = MailboxChangeKind.Expunged,
                Uids = UidSet.Between(Uid.MinValue, new Uid((uint)(inbox.UidNext - 1))).ToString(),
                ChangedAt = scope.Now.ToUnixTimeSeconds(),
            });
        (inbox.Messages, inbox.Unseen, inbox.Deleted, inbox.Bytes) = (0, 0, 0, 0);
        await MailboxMetadata.CopyAsync(context, inbox, target, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await context.MessageKeywords.Where(keyword => keyword.UserId == userId && keyword.MailboxId == inbox.MailboxId)
            .ExecuteUpdateAsync(set => set.SetProperty(keyword => keyword.MailboxId, target.MailboxId), cancellationToken);
        await context.Messages.Where(message => message.UserId == userId && message.MailboxId == inbox.MailboxId)
            .ExecuteUpdateAsync(set => set.SetProperty(message => message.MailboxId, target.MailboxId), cancellationToken);
    }

    /// <summary>What is remembered of these names.</summary>
    Task<Dictionary<string, MailboxHistoryEntity>> HistoryAsync(string[] names, CancellationToken cancellationToken) =>
        context.MailboxHistory.AsTracking()
            .Where(history => history.UserId == userId && EF.Parameter(names).Contains(history.Name))
            .ToDictionaryAsync(static history => history.Name, cancellationToken);

    void Remember(MailboxEntity mailbox, Dictionary<string, MailboxHistoryEntity> history)
    {
        if (!history.TryGetValue(mailbox.Name, out var highest))
        {
            highest = new MailboxHistoryEntity { UserId = userId, Name = mailbox.Name };
            context.Add(highest);
        }

        highest.UidValidity = Math.Max(highest.UidValidity, mailbox.UidValidity);
        highest.Uid = Math.Max(highest.Uid, mailbox.UidNext - 1);
    }
}
