using Backend.EfCore.Messages;
using Backend.EfCore.Tenancy;

namespace Backend.EfCore.Accounts;

/// <summary>
/// Removes a user with all mail. Of much mail it first removes the most in transactions of bounded size, each of which leaves the store whole; when
/// it is broken off in between, the user cannot log in any more and is removed by the next attempt.
/// </summary>
sealed class RemoveUser(MailStoreDatabase database, int userId)
{
    /// <summary>The most messages that one transaction removes.</summary>
    const int Batch = 5_000;

    readonly Lease lease = Lease.ForUser(userId);

    /// <returns>False when there is no such user.</returns>
    public async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var usage = await database.ReadAsync(lease, (context, token) => database.Queries.Mailboxes.Usage(context, userId, token), cancellationToken);
        if (usage is { Messages: > Batch })
            await RemoveMailAsync(cancellationToken);
        return await database.WriteAsync(lease, RemoveAsync, cancellationToken);
    }

    /// <summary>Removes what is left, under the locks of all who write there.</summary>
    async Task<bool> RemoveAsync(Writing.WriteScope scope, CancellationToken cancellationToken)
    {
        var context = scope.Context;
        if (await database.Dialect.LockUserAsync(context, userId, cancellationToken) is null)
            return false;
        var mailboxes = await MailboxIdsAsync(context, cancellationToken);
        await database.Dialect.LockMailboxesAsync(context, userId, mailboxes, cancellationToken);
        // Messages before what they refer to; the rest goes with the user.
        await context.Messages.Where(message => message.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        scope.Use(Lease.ForStore);
        await context.Users.Where(each => each.Id == userId).ExecuteDeleteAsync(cancellationToken);
        return true;
    }

    async Task RemoveMailAsync(CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            Lease.ForStore,
            (scope, token) => scope.Context.Users.Where(user => user.Id == userId).ExecuteUpdateAsync(static set => set.SetProperty(static user => user.State, AccountState.Removing), token),
            cancellationToken);
        database.Sessions.Forget();
        foreach (var mailboxId in await database.ReadAsync(lease, MailboxIdsAsync, cancellationToken))
            while (await database.WriteAsync(lease, (scope, token) => RemoveMessagesAsync(scope, mailboxId, token), cancellationToken) == Batch)
                cancellationToken.ThrowIfCancellationRequested();
        await database.Sweep.SweepAsync(userId, cancellationToken);
    }

    /// <summary>Removes a mailbox's first messages, and counts them out of it.</summary>
    async Task<int> RemoveMessagesAsync(Writing.WriteScope scope, int mailboxId, CancellationToken cancellationToken)
    {
        var context = scope.Context;
        if (await database.Dialect.LockMailboxAsync(context, userId, mailboxId, cancellationToken) is not { } mailbox)
            return 0;
        var messages = await context.Messages
            .Where(message => message.UserId == userId && message.MailboxId == mailboxId)
            .OrderBy(static message => message.Uid)
            .Take(Batch)
            .Select(static message => new { message.Uid, message.Flags, message.Size })
            .ToListAsync(cancellationToken);
        if (messages.Count == 0)
            return 0;
        var last = messages[^1].Uid;
        await context.MessageKeywords.Where(keyword => keyword.UserId == userId && keyword.MailboxId == mailboxId && keyword.Uid <= last).ExecuteDeleteAsync(cancellationToken);
        await context.Messages.Where(message => message.UserId == userId && message.MailboxId == mailboxId && message.Uid <= last).ExecuteDeleteAsync(cancellationToken);
        mailbox.Messages -= messages.Count;
        mailbox.Unseen -= messages.Count(static message => (message.Flags & FlagBits.Seen) == 0);
        mailbox.Deleted -= messages.Count(static message => (message.Flags & FlagBits.Deleted) != 0);
        mailbox.Bytes -= messages.Sum(static message => message.Size);
        await context.SaveChangesAsync(cancellationToken);
        return messages.Count;
    }

    Task<List<int>> MailboxIdsAsync(MailStoreContext context, CancellationToken cancellationToken) =>
        context.Mailboxes.Where(mailbox => mailbox.UserId == userId).Select(static mailbox => mailbox.MailboxId).ToListAsync(cancellationToken);
}
