namespace MailStore.Export;

/// <summary>Exports mailboxes of a user. Nothing that is there already is touched: the path must be new, or an empty folder.</summary>
sealed class ExportMailboxes(IUser user, IMailboxWriter writer, ExportReport report)
{
    /// <summary>Exports one mailbox to the path itself.</summary>
    /// <exception cref="BackendException">There is no such mailbox, or the store failed.</exception>
    /// <exception cref="IOException">The path is there already, or it cannot be written.</exception>
    public async Task RunAsync(MailboxName name, string path, CancellationToken cancellationToken)
    {
        var mailbox = await user.GetMailboxAsync(name, cancellationToken);
        await CountAsync([mailbox], cancellationToken);
        RefuseExisting(path);
        await WriteAsync(mailbox, path, cancellationToken);
    }

    /// <summary>Exports these mailboxes, or all when there are none, to places in the folder.</summary>
    /// <exception cref="BackendException">There is no such mailbox, or the store failed.</exception>
    /// <exception cref="IOException">The folder is not empty, or it cannot be written.</exception>
    public async Task RunAsync(IReadOnlyCollection<MailboxName> names, string folder, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
            names = [.. (await user.ListMailboxesAsync(subscribed: false, cancellationToken)).Where(static info => info.IsSelectable).Select(static info => info.Name)];
        var mailboxes = new List<IMailbox>();
        foreach (var name in names)
            mailboxes.Add(await user.GetMailboxAsync(name, cancellationToken));
        await CountAsync(mailboxes, cancellationToken);
        RefuseExisting(folder);
        Directory.CreateDirectory(folder);
        foreach (var mailbox in mailboxes)
            await WriteAsync(mailbox, writer.PathOf(folder, mailbox.Name), cancellationToken);
    }

    async Task CountAsync(List<IMailbox> mailboxes, CancellationToken cancellationToken)
    {
        foreach (var mailbox in mailboxes)
            report.Expected += (await mailbox.GetStatusAsync(StatusItems.Messages, cancellationToken)).Messages ?? 0;
    }

    async Task WriteAsync(IMailbox mailbox, string path, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(mailbox, path, report, cancellationToken);
        report.Mailboxes++;
    }

    static void RefuseExisting(string path)
    {
        if (File.Exists(path))
            throw new IOException($"{path} is there already: choose another path, or move it away first.");
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new IOException($"The folder {path} is not empty: choose another path, or empty it first.");
    }
}
