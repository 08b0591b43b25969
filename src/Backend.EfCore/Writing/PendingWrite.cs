using Backend.EfCore.Tenancy;

namespace Backend.EfCore.Writing;

/// <summary>Something that waits to be written. It may be run several times before it is completed or failed, once.</summary>
abstract class PendingWrite
{
    /// <summary>For whom it writes. It may lay the transaction's lease on others, of those with whom it is done together.</summary>
    public abstract Lease Lease { get; }

    /// <summary>About how many octets it writes, so that a shared transaction does not grow without bound.</summary>
    public virtual long Weight => 0;

    /// <summary>Writes of the same lane are done in the order in which they came; those of others beside them, where the database can.</summary>
    public virtual int Lane => 0;

    /// <summary>Whether whoever waits for it has given up, so that it need not be begun.</summary>
    public abstract bool IsCancelled { get; }

    /// <summary>
    /// Does the work of this and of those behind it that can be done with it, saves it, and says how many were done. Nothing that the
    /// context has read or added for those before is in its memory any longer.
    /// </summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="waiting">This one first, then those behind it in order.</param>
    /// <param name="cancellationToken">Gives up the transaction.</param>
    public abstract Task<int> ExecuteAsync(WriteScope scope, ReadOnlyMemory<PendingWrite> waiting, CancellationToken cancellationToken);

    /// <summary>It is committed.</summary>
    public abstract void Complete();

    /// <summary>It is not there, and will not be.</summary>
    public abstract void Fail(Exception exception);
}
