namespace MailStore.Export;

/// <summary>
/// Writes a mailbox as an mboxrd file with LF line ends: the octets of each message, quoted where need be, and nothing added to its header.
/// Its date (in UTC) goes into the From_ line; flags have no place. Several mailboxes are a file each, in folders like their names.
/// </summary>
sealed class MboxWriter : IMailboxWriter
{
    static readonly FetchItems Items = FetchItems.WholeBody with { Attributes = FetchAttributes.InternalDate | FetchAttributes.Envelope };

    /// <inheritdoc/>
    public string PathOf(string folder, MailboxName mailbox) =>
        Path.Combine([folder, .. mailbox.Value.Split(MailboxName.Delimiter).Select(SafeFileName.Of)]) + ".mbox";

    /// <inheritdoc/>
    public async Task WriteAsync(IMailbox mailbox, string path, ExportReport report, CancellationToken cancellationToken)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous, BufferSize = 64 * 1024 });
        await foreach (var message in mailbox.ListMessagesAsync(UidSet.All, Items, cancellationToken))
        {
            if (message.Sections is not [{ Content: { } octets }])
                continue;
            await file.WriteAsync(FromLine.Format(SenderOf(message.Envelope!.Fields), message.InternalDate!.Value), cancellationToken);
            var text = new UnixTextStream(file, quoteFrom: true);
            await octets.CopyToAsync(text, cancellationToken);
            // The text of an mbox has to end its last line; the empty line is the separator's.
            var endsLine = text.EndsLine;
            await text.CompleteAsync(cancellationToken);
            await file.WriteAsync(endsLine ? "\n"u8.ToArray() : "\n\n"u8.ToArray(), cancellationToken);
            report.Messages++;
            report.Octets += octets.Length;
        }
    }

    static string? SenderOf(EnvelopeFields envelope) =>
        envelope.Sender.Concat(envelope.From).FirstOrDefault(static address => address is { Mailbox: not null, Host.Length: > 0 }) is { } sender
            ? $"{sender.Mailbox}@{sender.Host}"
            : null;
}
