using Backend.EfCore.Entities;
using Backend.EfCore.Tenancy;

namespace Backend.EfCore.Sharing;

/// <summary>
/// Others' mailboxes as a user sees them, by what was given to the user and to anyone in the tenant. It is read under the user's own lease, under
/// which there is nothing of other tenants.
/// </summary>
sealed class OthersMailboxes(MailStoreDatabase database, Lease lease)
{
    /// <summary>Without one of these there is nothing to the user. RFC 4314 §4 ("Any").</summary>
    const MailboxRights Any = MailboxRights.Lookup | MailboxRights.Read | MailboxRights.Insert | MailboxRights.CreateMailboxes | MailboxRights.DeleteMailbox | MailboxRights.Administer;

    /// <summary>Whose view it is.</summary>
    public Lease Lease => lease;

    /// <summary>All of them, by name.</summary>
    public async Task<List<OthersMailbox>> ReadAsync(MailStoreContext context, CancellationToken cancellationToken)
    {
        var rows = new List<MailboxRightsEntity>();
        await foreach (var row in database.Queries.Mailboxes.SharedWith(context, lease.UserId).WithCancellation(cancellationToken))
            rows.Add(row);
        return Unite(rows);
    }

    /// <summary>Whether a name is of others' mailboxes: where the user has a mailbox of that name from before there were any, it is still the user's.</summary>
    public async Task<bool> IncludesAsync(MailboxName name, CancellationToken cancellationToken) =>
        OtherUsers.Contains(name)
        && await database.ReadAsync(lease, (context, token) => database.Queries.Mailboxes.ByName(context, lease.UserId, name.Value, token), cancellationToken) is null;

    /// <summary>A mailbox by its name; null where there is none to the user.</summary>
    public async Task<OthersMailbox?> FindAsync(MailboxName name, CancellationToken cancellationToken) =>
        OtherUsers.Contains(name) ? (await FindAsync([name.Value], cancellationToken)).SingleOrDefault() : null;

    /// <summary>The nearest mailbox above a name to which the user has any right; null without.</summary>
    public async Task<OthersMailbox?> FindAboveAsync(MailboxName name, CancellationToken cancellationToken) =>
        OtherUsers.Contains(name) ? (await FindAsync([.. name.Superiors.Select(static superior => superior.Value)], cancellationToken)).LastOrDefault() : null;

    Task<List<OthersMailbox>> FindAsync(string[] names, CancellationToken cancellationToken) =>
        database.ReadAsync(
            lease,
            async (context, token) => Unite(await context.MailboxRights
                .Where(rights => rights.UserId != lease.UserId && EF.Parameter(names).Contains(rights.Name))
                .OrderBy(static rights => rights.Name)
                .ToListAsync(token)),
            cancellationToken);

    static List<OthersMailbox> Unite(List<MailboxRightsEntity> rows) =>
        [.. rows
            .GroupBy(static row => row.Name)
            .Select(static mailbox => new OthersMailbox(mailbox.First().UserId, mailbox.First().MailboxId, MailboxName.Parse(mailbox.Key), mailbox.Aggregate(MailboxRights.None, static (rights, row) => rights | row.Rights)))
            .Where(static mailbox => (mailbox.Rights & Any) != 0)];
}
