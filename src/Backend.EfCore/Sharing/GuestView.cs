using Backend.EfCore.Mailboxes;
using Backend.EfCore.Messages;

namespace Backend.EfCore.Sharing;

/// <summary>What LIST tells a guest of the mailbox in hand, under the name that it has now.</summary>
sealed class GuestView(MailStoreDatabase database, MailboxHandle handle)
{
    public async Task<MailboxInfo> DescribeAsync(CancellationToken cancellationToken)
    {
        var mailbox = await database.ReadAsync(handle.LeaseFor(MailboxRights.None), (context, token) => database.Queries.Mailboxes.ById(context, handle.UserId, handle.MailboxId, token), cancellationToken);
        if (mailbox is null || handle.Rights == MailboxRights.None || handle.Others is not { } others)
            throw MailboxTree.NoSuchMailbox(handle.Name);
        var name = handle.Shown(MailboxName.Parse(mailbox.Name));
        var all = await database.ReadConsistentlyAsync(others.Lease, (context, token) => ListMailboxes.ExecuteAsync(database, context, others.Lease.UserId, others, subscribed: false, token), cancellationToken);
        // Whoever may do something else with it than look it up is not told what LIST would.
        return all.FirstOrDefault(info => info.Name == name) ?? new MailboxInfo { Name = name, Attributes = MailboxAttributes.HasNoChildren, Rights = handle.Rights };
    }
}
