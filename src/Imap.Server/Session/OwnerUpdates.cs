namespace Imap.Server.Session;

/// <summary>What a session hears of a mailbox that is somebody else's, while it has that selected: the owner's updates, of which only those of the mailbox wake it.</summary>
sealed class OwnerUpdates(IUpdateSubscription subscription, MailboxName mailbox) : IDisposable
{
    /// <summary>The name that the owner calls it; null once that may have changed, and then everything wakes the session, which costs it a look.</summary>
    MailboxName? name = mailbox;

    /// <summary>Waits for an update that may be of the mailbox.</summary>
    /// <returns>False when there will be none.</returns>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        while (await subscription.Updates.WaitToReadAsync(cancellationToken))
            while (subscription.Updates.TryPeek(out var first))
            {
                if (Concerns(first))
                    return true;
                // Another reader may have been quicker; then this one is passed over though it was not looked at, and must not be.
                if (subscription.Updates.TryRead(out var passed) && Pass(passed))
                    return true;
            }

        return false;
    }

    /// <summary>Takes what has come. Texts are for the owner only.</summary>
    public void Take(List<Update> heard)
    {
        while (subscription.Updates.TryRead(out var update))
        {
            if (update is MailboxUpdate { Status: null } && update.Mailbox == name)
                name = null;
            heard.Add(update);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => subscription.Dispose();

    bool Pass(Update update)
    {
        update.Done();
        return Concerns(update);
    }

    bool Concerns(Update update) => update is not StatusUpdate && (name is null || update.Mailbox is null || update.Mailbox == name);
}
