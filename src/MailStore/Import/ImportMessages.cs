using System.Runtime.CompilerServices;

namespace MailStore.Import;

/// <summary>
/// Imports messages into a user's mailboxes: what is there already is left out, the rest is appended in the order of the sources. A file
/// or message that cannot be imported is reported and the import goes on; when the store fails, it ends.
/// </summary>
/// <param name="user">Whose mailboxes.</param>
/// <param name="mailbox">The mailbox for everything that has no other.</param>
/// <param name="again">Whether to store also what is there already.</param>
/// <param name="report">Where the results go.</param>
sealed class ImportMessages(IUser user, MailboxName mailbox, bool again, ImportReport report)
{
    /// <summary>Imports all of these.</summary>
    /// <exception cref="BackendException">The store failed, or the mailbox cannot be opened or made.</exception>
    public async Task RunAsync(IReadOnlyList<MailSource> sources, CancellationToken cancellationToken)
    {
        var named = new List<(MailSource Source, MailboxName Name)>();
        foreach (var source in sources)
        {
            if (TryName(source.Mailbox, out var name, out var reason))
                named.Add((source, name));
            else
                report.Refuse(source.Path, null, reason);
        }

        foreach (var group in named.GroupBy(static entry => entry.Name, static entry => entry.Source))
        {
            await using var target = await ImportTarget.OpenAsync(user, group.Key, again, report, cancellationToken);
            foreach (var source in group)
                await ImportAsync(source, target, cancellationToken);
            await target.CompleteAsync();
        }
    }

    async Task ImportAsync(MailSource source, ImportTarget target, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in ReadAsync(source, cancellationToken))
                await target.AddAsync(message, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            report.Refuse(source.Path, null, $"It could not be read to its end: {exception.Message}");
        }
    }

    async IAsyncEnumerable<SourceMessage> ReadAsync(MailSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (source.Kind == MailSourceKind.Maildir)
        {
            await foreach (var message in MaildirReader.ReadAsync(source.Path, report, cancellationToken))
                yield return message;
            yield break;
        }

        await using var octets = await MailFile.OpenAsync(source.Path, report.AddRead, cancellationToken);
        if (source.Kind == MailSourceKind.MessageFile)
        {
            yield return await MessageFileReader.ReadAsync(octets, source.Path, cancellationToken);
            yield break;
        }

        await foreach (var message in MboxReader.ReadAsync(octets, source.Path, cancellationToken))
            yield return message;
    }

    bool TryName(string? below, out MailboxName name, out string reason)
    {
        // INBOX is where new mail comes: what stands beside it in a Maildir stands beside it here.
        var text = below is null ? mailbox.Value : mailbox.IsInbox ? below : $"{mailbox}{MailboxName.Delimiter}{below}";
        var isName = MailboxName.TryParse(text, out name, out var fault);
        reason = fault ?? "";
        return isName;
    }
}
