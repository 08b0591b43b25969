using System.Data.Common;
using Backend.EfCore.Entities;
using Microsoft.EntityFrameworkCore.Storage;

namespace Backend.EfCore.Dialect;

/// <summary>
/// What differs between databases, as intentions. Where one text serves all it stands here. One instance for each store: it may hold compiled
/// queries and nothing else, and its type alone decides what the model looks like.
/// </summary>
abstract class MailStoreDialect
{
    /// <summary>
    /// Whether the database takes one writing transaction at a time. Then all writes of this process go through one queue and share
    /// transactions; otherwise only appends do.
    /// </summary>
    public abstract bool HasSingleWriter { get; }

    /// <summary>How many groups of writes that wait in line are committed side by side.</summary>
    public virtual int WriteLanes => 1;

    /// <summary>The index that searches for text are helped by.</summary>
    public abstract TextIndex TextIndex { get; }

    /// <summary>Adapts the model: column types, collations, table options.</summary>
    public virtual void ConfigureModel(ModelBuilder modelBuilder)
    {
    }

    /// <summary>Begins a transaction in which every query sees the same state, and that is never written in.</summary>
    /// <returns>Ends it.</returns>
    public abstract Task<IAsyncDisposable> BeginReadAsync(MailStoreContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Gets a transaction that <see cref="BeginReadAsync"/> began ready for a search: the same query looks at few rows or at all, depending on what is sought.
    /// </summary>
    public virtual Task PrepareSearchAsync(MailStoreContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins a transaction that is written in.</summary>
    public virtual Task<IDbContextTransaction> BeginWriteAsync(MailStoreContext context, CancellationToken cancellationToken) =>
        context.Database.BeginTransactionAsync(cancellationToken);

    /// <summary>Gets the database ready before migrations look at it: checks what is there.</summary>
    /// <param name="context">Names the database.</param>
    /// <param name="create">Whether to make the database where there is none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether there is a database now.</returns>
    /// <exception cref="BackendException">It cannot be used; the text says why and what to do.</exception>
    public abstract Task<bool> PrepareAsync(MailStoreContext context, bool create, CancellationToken cancellationToken);

    /// <summary>What whoever runs the database should change, one text for each.</summary>
    public virtual Task<IReadOnlyList<string>> AdviseAsync(MailStoreContext context, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Keeps every other program from changing the schema until the answer is disposed; null where EF Core's own lock does.</summary>
    public virtual Task<IAsyncDisposable?> LockSchemaAsync(MailStoreContext context, CancellationToken cancellationToken) => Task.FromResult<IAsyncDisposable?>(null);

    /// <summary>What an error of the driver means.</summary>
    public abstract DatabaseFailure Classify(DbException exception);

    /// <summary>
    /// Takes the lock under which everything in a mailbox is changed, so that UIDs and modification sequences are given out in commit order.
    /// </summary>
    /// <returns>The row as it stands now, tracked, or null when there is no such mailbox.</returns>
    public abstract Task<MailboxEntity?> LockMailboxAsync(MailStoreContext context, int userId, int mailboxId, CancellationToken cancellationToken);

    /// <summary>Takes the locks of several mailboxes of a user, in the order of their numbers, so that nobody waits in a circle.</summary>
    /// <returns>The rows as they stand now, tracked, in that order; those that are gone are left out.</returns>
    public virtual async Task<IReadOnlyList<MailboxEntity>> LockMailboxesAsync(MailStoreContext context, int userId, IEnumerable<int> mailboxIds, CancellationToken cancellationToken)
    {
        var locked = new List<MailboxEntity>();
        foreach (var mailboxId in mailboxIds.Distinct().Order())
            if (await LockMailboxAsync(context, userId, mailboxId, cancellationToken) is { } mailbox)
                locked.Add(mailbox);
        return locked;
    }

    /// <summary>Holds what gives a guest rights to a mailbox, so that nobody takes it back before the transaction ends. Before any other lock.</summary>
    /// <returns>The rows as they stand now.</returns>
    public virtual Task<List<MailboxRightsEntity>> HoldRightsAsync(MailStoreContext context, int userId, int mailboxId, int guestId, CancellationToken cancellationToken) =>
        context.MailboxRights
            .Where(rights => rights.UserId == userId && rights.MailboxId == mailboxId && (rights.GranteeId == guestId || rights.GranteeId == null))
            .ToListAsync(cancellationToken);

    /// <summary>Takes the locks of all that gives rights to a mailbox, to change it.</summary>
    /// <returns>The rows as they stand now, tracked.</returns>
    public virtual Task<List<MailboxRightsEntity>> LockRightsAsync(MailStoreContext context, int userId, int mailboxId, CancellationToken cancellationToken) =>
        context.MailboxRights.AsTracking().Where(rights => rights.UserId == userId && rights.MailboxId == mailboxId).ToListAsync(cancellationToken);

    /// <summary>Takes the lock of a tenant's row. Whoever takes locks of users too takes them after this.</summary>
    /// <returns>The row as it stands now, tracked, or null when there is no such tenant.</returns>
    public abstract Task<TenantEntity?> LockTenantAsync(MailStoreContext context, int tenantId, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the lock under which a user's hierarchy of names and keywords are changed. Whoever takes locks of mailboxes too takes them after this.
    /// </summary>
    /// <returns>The row as it stands now, tracked, or null when there is no such user.</returns>
    public abstract Task<UserEntity?> LockUserAsync(MailStoreContext context, int userId, CancellationToken cancellationToken);

    /// <summary>
    /// Copies messages to the end of a mailbox, ascending from the given UID, under the target's latest modification sequence.
    /// </summary>
    /// <returns>How many there were.</returns>
    public Task<int> CopyRowsAsync(MailStoreContext context, MailboxEntity source, MailboxEntity target, UidSet uids, long firstUid, long saveDate, CancellationToken cancellationToken)
    {
        var (selected, values) = Select(uids);
        var sql = $$"""
            INSERT INTO messages (user_id, mailbox_id, uid, content_id, flags, mod_seq, internal_date, internal_offset, save_date, size)
            SELECT user_id, {2}, {3} - 1 + row_number() OVER (ORDER BY uid), content_id, flags, {4}, internal_date, internal_offset, {5}, size
            FROM messages
            WHERE user_id = {0} AND mailbox_id = {1} AND {{selected}}
            """;
        return context.Database.ExecuteSqlRawAsync(sql, [source.UserId, source.MailboxId, target.MailboxId, firstUid, target.HighestModSeq, saveDate, .. values], cancellationToken);
    }

    /// <summary>As <see cref="CopyRowsAsync"/>, but the messages leave the source.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> MoveRowsAsync(MailStoreContext context, MailboxEntity source, MailboxEntity target, UidSet uids, long firstUid, long saveDate, CancellationToken cancellationToken)
    {
        var (selected, values) = Select(uids);
        var sql = $$"""
            UPDATE messages
            SET mailbox_id = {2}, uid = {3} - 1 + moved.place, mod_seq = {4}, save_date = {5}
            FROM (
                SELECT uid AS old_uid, row_number() OVER (ORDER BY uid) AS place
                FROM messages
                WHERE user_id = {0} AND mailbox_id = {1} AND {{selected}}
            ) AS moved
            WHERE user_id = {0} AND mailbox_id = {1} AND uid = moved.old_uid
            """;
        return context.Database.ExecuteSqlRawAsync(sql, [source.UserId, source.MailboxId, target.MailboxId, firstUid, target.HighestModSeq, saveDate, .. values], cancellationToken);
    }

    /// <summary>The condition that <c>uid</c> is in a list, which is the parameter <c>{6}</c>, and the list as a parameter.</summary>
    protected abstract (string Condition, object List) Among(long[] uids);

    (string Condition, object[] Values) Select(UidSet uids)
    {
        if (uids.Ranges is [var range])
            return ("uid BETWEEN {6} AND {7}", [(long)range.First, (long)range.Last]);
        var (condition, list) = Among([.. uids.Enumerate().Select(static uid => (long)uid.Value)]);
        return (condition, [list]);
    }
}
