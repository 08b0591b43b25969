namespace Backend.Abstractions.Capabilities;

/// <summary>A mailbox that can be asked what was missed. The seed's <c>UpdaterMailbox</c>.</summary>
public interface IUpdaterMailbox : IMailbox
{
    /// <summary>
    /// Tells everything that happened after <paramref name="since"/>, from the store itself, whether or not any <see cref="Update"/>
    /// arrived. Cheap when nothing did. New messages become \Recent to this handle as with <see cref="IMailbox.SelectAsync"/>.
    /// </summary>
    /// <param name="since">Where the caller stands: the <c>HighestModSeq</c> of the last <see cref="SelectData"/> or <see cref="MailboxChanges"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The changes; null when there is none.</returns>
    Task<MailboxChanges?> PollAsync(ModSeq since, CancellationToken cancellationToken);
}
