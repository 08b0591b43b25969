namespace Backend.EfCore;

/// <summary>The database under the mail store, for whoever starts and upgrades it.</summary>
public interface IMailStoreDatabase
{
    /// <summary>Makes the database where it is missing and brings its schema up to date. Call it before anything else uses the store.</summary>
    /// <returns>The names of the migrations that were applied, in order.</returns>
    /// <exception cref="BackendException"><see cref="BackendError.Unavailable"/>: it cannot be opened, is locked, read-only or of a newer
    /// version of the program; <see cref="BackendError.Corruption"/>. The text is fit for the operator. Nothing was changed.</exception>
    Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Whether there is a mail store, of whatever version. Makes nothing.</summary>
    /// <exception cref="BackendException">As with <see cref="MigrateAsync"/>.</exception>
    Task<bool> ExistsAsync(CancellationToken cancellationToken);

    /// <summary>The names of the migrations that <see cref="MigrateAsync"/> would apply, in order. Makes nothing.</summary>
    /// <exception cref="BackendException">As with <see cref="MigrateAsync"/>.</exception>
    Task<IReadOnlyList<string>> GetPendingMigrationsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// What whoever runs the database should change: that it does not protect tenants from each other as it could, or cannot use its indexes. One text for
    /// each, with what to do. <see cref="MigrateAsync"/> writes them to the log.
    /// </summary>
    /// <exception cref="BackendException">As with <see cref="MigrateAsync"/>.</exception>
    Task<IReadOnlyList<string>> GetAdviceAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Fills the index of searches for text at once, rather than in the background. Searches are answered exactly meanwhile; others may do the same.
    /// </summary>
    /// <param name="progress">Is told how far it is, now and then; null where nobody asks.</param>
    /// <param name="cancellationToken">Gives up; what was indexed stays so.</param>
    /// <returns>How many messages were indexed here.</returns>
    /// <exception cref="BackendException"><see cref="BackendError.Cannot"/>: the index is switched off, or the database has none; the text says why and what to do.</exception>
    Task<SearchIndexProgress> FillSearchIndexAsync(IProgress<SearchIndexProgress>? progress, CancellationToken cancellationToken);
}
