using Backend.EfCore.Entities;

namespace Backend.EfCore.Dialect;

/// <summary>
/// The trigram index over the folded texts, as intentions. Appends do not fill it: contents wait until <see cref="FillAsync"/> comes, and a search
/// looks into those that wait one by one. Every text is either waiting or indexed, in every state of the database that a query can see; so what
/// is found among <see cref="Candidates"/> and among <see cref="Waiting"/> is all there is.
/// </summary>
abstract class TextIndex
{
    /// <summary>Looks whether the index can be used, and makes what is missing of it where this user of the database may.</summary>
    /// <returns>Why it cannot be used, and what to do about it; null when it can.</returns>
    public virtual Task<string?> PrepareAsync(MailStoreContext context, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Whether the index can narrow a search for this folded text: it must have three characters in a row that the index knows.</summary>
    public abstract bool CanNarrow(string needle);

    /// <summary>
    /// The indexed texts of a user among which are all that hold every needle in the columns; the index may give others too, so the query must test each
    /// by <c>Contains</c>, which is at the same time what the index of some databases is looked up by.
    /// </summary>
    public abstract IQueryable<ContentTextEntity> Candidates(MailStoreContext context, int userId, TextColumns columns, IReadOnlyList<string> needles);

    /// <summary>The texts of a user that are not in the index yet.</summary>
    public abstract IQueryable<ContentTextEntity> Waiting(MailStoreContext context, int userId);

    /// <summary>Whether the index would give more candidates than this for the needles, so that it is better not asked. It takes no longer than to look at as many.</summary>
    public abstract Task<bool> GivesMoreThanAsync(MailStoreContext context, int userId, TextColumns columns, IReadOnlyList<string> needles, long count, CancellationToken cancellationToken);

    /// <summary>
    /// Puts some of a user's waiting texts into the index, within a writing transaction that is short. Where the database has one line for all users it
    /// takes those that came first. Two programs may do it at once.
    /// </summary>
    /// <returns>How many; 0 when none waits.</returns>
    public abstract Task<int> FillAsync(MailStoreContext context, int userId, CancellationToken cancellationToken);

    /// <summary>Whatever is wrong with the index, one sentence each.</summary>
    public abstract Task<IReadOnlyList<string>> FindFaultsAsync(MailStoreContext context, CancellationToken cancellationToken);
}
