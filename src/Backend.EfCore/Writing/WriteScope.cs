using Backend.EfCore.Tenancy;

namespace Backend.EfCore.Writing;

/// <summary>
/// A writing transaction that somebody else begins and commits. What works in it may be run again from the start when the transaction
/// failed, so it changes nothing outside; what is to happen after the commit is said here.
/// </summary>
sealed class WriteScope(MailStoreContext context, DateTimeOffset now)
{
    readonly List<Update> updates = [];

    public MailStoreContext Context => context;

    /// <summary>The time of this transaction, the same for all in it.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The updates to be published after the commit, in order.</summary>
    public IReadOnlyList<Update> Updates => updates;

    /// <summary>Works for somebody else from here on. What was added for the one before must be saved.</summary>
    public void Use(Lease lease) => context.Lease = lease;

    public void PublishAfterCommit(Update update) => updates.Add(update);
}
