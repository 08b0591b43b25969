using System.Globalization;

namespace MailStore.Export;

/// <summary>
/// Writes a mailbox as a Maildir with LF line ends: flags in the files' names, keywords as Dovecot keeps them, the internal date as the
/// files' time. Several mailboxes are a Maildir++: INBOX the Maildir itself, the others folders in it.
/// </summary>
sealed class MaildirWriter(TimeProvider clock) : IMailboxWriter
{
    static readonly FetchItems Items = FetchItems.WholeBody with { Attributes = FetchAttributes.InternalDate | FetchAttributes.Flags };

    /// <inheritdoc/>
    public string PathOf(string folder, MailboxName mailbox) => mailbox.IsInbox ? folder : Path.Combine(folder, MaildirFolder.NameOf(mailbox));

    /// <inheritdoc/>
    public async Task WriteAsync(IMailbox mailbox, string path, ExportReport report, CancellationToken cancellationToken)
    {
        foreach (var folder in new[] { MaildirFolder.Temporary, MaildirFolder.New, MaildirFolder.Current })
            Directory.CreateDirectory(Path.Combine(path, folder));
        var keywords = new Dictionary<Flag, char>();
        // The first part of a name is when it came into this Maildir: with the number behind it, programs keep the order.
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var number = 0;
        await foreach (var message in mailbox.ListMessagesAsync(UidSet.All, Items, cancellationToken))
        {
            if (message.Sections is not [{ Content: { } octets }])
                continue;
            var name = string.Create(CultureInfo.InvariantCulture, $"{now}.M{++number:D9}U{message.Uid}.mailstore");
            var temporary = Path.Combine(path, MaildirFolder.Temporary, name);
            await WriteFileAsync(octets, temporary, cancellationToken);
            File.SetLastWriteTimeUtc(temporary, message.InternalDate!.Value.UtcDateTime);
            File.Move(temporary, Path.Combine(path, MaildirFolder.Current, name + MaildirFlags.Write(message.Flags!, keywords)));
            report.Messages++;
            report.Octets += octets.Length;
        }

        if (keywords.Count > 0)
            await File.WriteAllLinesAsync(Path.Combine(path, MaildirFlags.KeywordsFile), MaildirFlags.WriteKeywords(keywords), cancellationToken);
    }

    static async Task WriteFileAsync(Octets octets, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous });
        var text = new UnixTextStream(file, quoteFrom: false);
        await octets.CopyToAsync(text, cancellationToken);
        await text.CompleteAsync(cancellationToken);
    }
}
