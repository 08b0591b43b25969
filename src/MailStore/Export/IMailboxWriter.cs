namespace MailStore.Export;

/// <summary>A form in which mailboxes are exported.</summary>
interface IMailboxWriter
{
    /// <summary>Writes all messages of the mailbox in their order.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="path">Where to, as <see cref="PathOf"/> gave it, or the path that was asked for when it is the only one.</param>
    /// <param name="report">Where each message is counted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task WriteAsync(IMailbox mailbox, string path, ExportReport report, CancellationToken cancellationToken);

    /// <summary>Where a mailbox among several stands in a folder.</summary>
    string PathOf(string folder, MailboxName mailbox);
}
