namespace MailStore.Import;

/// <summary>A mailbox that is imported into.</summary>
sealed class ImportTarget : IAsyncDisposable
{
    // Enough for a store that commits together what waits together.
    const int Parallelism = 16;

    readonly ExistingMessages? existing;
    readonly AppendQueue appends;
    readonly ImportReport report;

    ImportTarget(ExistingMessages? existing, AppendQueue appends, ImportReport report) =>
        (this.existing, this.appends, this.report) = (existing, appends, report);

    /// <summary>Opens the mailbox, and makes it where it is missing, subscribed so that clients show it.</summary>
    /// <param name="user">Whose mailbox.</param>
    /// <param name="name">Its name.</param>
    /// <param name="again">Whether to store also what is there already.</param>
    /// <param name="report">Where the results go.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ImportTarget> OpenAsync(IUser user, MailboxName name, bool again, ImportReport report, CancellationToken cancellationToken)
    {
        try
        {
            await user.GetMailboxAsync(name, cancellationToken);
        }
        catch (BackendException exception) when (exception.Error is BackendError.NoSuchMailbox or BackendError.NotSelectable)
        {
            await user.CreateMailboxAsync(name, CreateOptions.Default, cancellationToken);
            await user.SetSubscribedAsync(name, true, cancellationToken);
        }

        var existing = again ? null : await ExistingMessages.LoadAsync(await user.GetMailboxAsync(name, cancellationToken), cancellationToken);
        var handles = new List<IMailbox>();
        while (handles.Count < Parallelism)
            handles.Add(await user.GetMailboxAsync(name, cancellationToken));
        return new ImportTarget(existing, new AppendQueue(handles, report, cancellationToken), report);
    }

    /// <summary>Appends the message unless it is there already, and disposes it.</summary>
    public async Task AddAsync(SourceMessage message, CancellationToken cancellationToken)
    {
        var isExisting = existing is not null && await existing.TakeAsync(message.Content, cancellationToken);
        if (isExisting)
            report.AddAlreadyThere();
        else if (message.Content.Length == 0)
            report.Refuse(message.File, message.Number, "The message is empty.");
        else
        {
            await appends.AddAsync(message);
            return;
        }

        await message.DisposeAsync();
    }

    /// <summary>Waits until all messages are appended.</summary>
    public Task CompleteAsync() => appends.CompleteAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => appends.DisposeAsync();
}
