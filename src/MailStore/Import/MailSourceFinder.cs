namespace MailStore.Import;

/// <summary>
/// Finds the mail in the paths that an import was given. A named file is an mbox or one message, whatever it is called; a Maildir
/// comes with its sub-folders; any other folder is searched for .eml files, mboxes and Maildirs, in the order of their names.
/// </summary>
sealed class MailSourceFinder(ImportReport report)
{
    const int PeekLength = 4096;

    readonly List<MailSource> found = [];

    /// <summary>Finds the sources; what cannot be read or is no mail is refused in the report.</summary>
    public async Task<IReadOnlyList<MailSource>> FindAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        foreach (var path in paths)
        {
            if (MaildirFolder.IsMaildir(path))
                AddMaildir(path, null);
            else if (Directory.Exists(path))
                await AddFolderAsync(path, "", cancellationToken);
            else if (File.Exists(path))
                await AddFileAsync(path, named: true, cancellationToken);
            else
                report.Refuse(path, null, "There is no such file or folder.");
        }

        return found;
    }

    async Task AddFolderAsync(string folder, string below, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).ToList())
                await AddFileAsync(file, named: false, cancellationToken);
            // Not through links, which could lead back up.
            foreach (var inner in new DirectoryInfo(folder).EnumerateDirectories().Where(static inner => inner.LinkTarget is null).OrderBy(static inner => inner.Name, StringComparer.Ordinal).ToList())
            {
                var mailbox = $"{below}{inner.Name}";
                if (MaildirFolder.IsMaildir(inner.FullName))
                    AddMaildir(Path.Combine(folder, inner.Name), mailbox);
                else
                    await AddFolderAsync(Path.Combine(folder, inner.Name), $"{mailbox}{MailboxName.Delimiter}", cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            report.Refuse(folder, null, exception.Message);
        }
    }

    void AddMaildir(string folder, string? mailbox)
    {
        try
        {
            found.Add(new MailSource(folder, MailSourceKind.Maildir, MaildirReader.LengthOf(folder), mailbox));
            foreach (var inner in Directory.EnumerateDirectories(folder, ".*").Where(MaildirFolder.IsMaildir).Order(StringComparer.Ordinal).ToList())
            {
                if (MaildirFolder.MailboxOf(Path.GetFileName(inner)) is not { } name)
                    continue;
                found.Add(new MailSource(
                    inner,
                    MailSourceKind.Maildir,
                    MaildirReader.LengthOf(inner),
                    mailbox is null ? name : $"{mailbox}{MailboxName.Delimiter}{name}"));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            report.Refuse(folder, null, exception.Message);
        }
    }

    async Task AddFileAsync(string path, bool named, CancellationToken cancellationToken)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (await KindOfAsync(path, named, cancellationToken) is { } kind)
                found.Add(new MailSource(path, kind, length));
            else if (named)
                report.Refuse(path, null, "It is neither an mbox (its first line is not \"From \", a sender and a date) nor a message (its first line is no header field).");
            else
                report.PassOver();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            report.Refuse(path, null, exception.Message);
        }
    }

    static async Task<MailSourceKind?> KindOfAsync(string path, bool named, CancellationToken cancellationToken)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        var isMessageName = name.EndsWith(".eml", StringComparison.OrdinalIgnoreCase);
        await using var octets = await MailFile.OpenAsync(path, static _ => { }, cancellationToken);
        var start = new byte[PeekLength];
        var length = await octets.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        var firstLine = FirstLine(start.AsSpan(0, length).TrimStart("\r\n"u8));
        if (FromLine.TryParse(firstLine, out _) || name.EndsWith(".mbox", StringComparison.OrdinalIgnoreCase) || (length == 0 && named && !isMessageName))
            return MailSourceKind.Mbox;
        return isMessageName || (named && MessageHeader.IsFieldLine(firstLine)) ? MailSourceKind.MessageFile : null;
    }

    static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        return end < 0 ? text : text[..end];
    }
}
