using System.Runtime.CompilerServices;
using Backend.EfCore.Queries;
using Backend.EfCore.Tenancy;

namespace Backend.EfCore.Accounts;

/// <summary>What users have: a short look at each one's mailboxes, many in one transaction, because the administration sees nobody's.</summary>
sealed class Usages(MailStoreDatabase database)
{
    const int Batch = 500;

    /// <summary>What each of these has, in their order.</summary>
    public async IAsyncEnumerable<UsageRow> OfAsync(IReadOnlyCollection<int> users, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var batch in users.Chunk(Batch))
            foreach (var usage in await database.ReadConsistentlyAsync(Lease.ForStore, (context, token) => ReadAsync(context, batch, token), cancellationToken))
                yield return usage;
    }

    async Task<List<UsageRow>> ReadAsync(MailStoreContext context, int[] users, CancellationToken cancellationToken)
    {
        var usages = new List<UsageRow>(users.Length);
        foreach (var userId in users)
        {
            context.Lease = Lease.ForUser(userId);
            usages.Add(await database.Queries.Mailboxes.Usage(context, userId, cancellationToken) ?? new UsageRow(0, 0, 0));
        }

        return usages;
    }
}
