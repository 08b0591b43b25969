using System.Globalization;

namespace MailStore.Tenants;

/// <summary>
/// The keywords for which a Maildir has no letter left: a file in it with a line for each message that has some, its UID in the exported mailbox and
/// the keywords behind it.
/// </summary>
static class MoreKeywords
{
    const string FileName = "mailstore-keywords";

    /// <summary>Writes those of an exported mailbox, where there are any.</summary>
    public static async Task WriteAsync(IMailbox mailbox, string maildir, CancellationToken cancellationToken)
    {
        var letters = Path.Combine(maildir, MaildirFlags.KeywordsFile);
        if (!File.Exists(letters))
            return;
        var known = MaildirFlags.ReadKeywords(await File.ReadAllLinesAsync(letters, cancellationToken)).Values.ToHashSet();
        if (known.Count < MaildirFlags.MaxKeywords)
            return;
        var lines = new List<string>();
        await foreach (var message in mailbox.ListMessagesAsync(UidSet.All, FetchItems.FlagsOnly, cancellationToken))
            if (message.Flags!.Where(flag => !flag.IsSystem && !known.Contains(flag) && !MaildirFlags.HasLetter(flag)).ToList() is { Count: > 0 } more)
                lines.Add($"{message.Uid} {string.Join(' ', more)}");
        if (lines.Count > 0)
            await File.WriteAllLinesAsync(Path.Combine(maildir, FileName), lines, cancellationToken);
    }

    /// <summary>Reads them.</summary>
    /// <returns>The keywords by the message's UID in the exported mailbox.</returns>
    public static async Task<Dictionary<uint, FlagSet>> ReadAsync(string maildir, CancellationToken cancellationToken)
    {
        var path = Path.Combine(maildir, FileName);
        var keywords = new Dictionary<uint, FlagSet>();
        if (!File.Exists(path))
            return keywords;
        foreach (var line in await File.ReadAllLinesAsync(path, cancellationToken))
            if (line.Split(' ') is [var uid, .. { Length: > 0 } names] && uint.TryParse(uid, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                keywords[number] = FlagSet.Of(names.Where(static name => Flag.TryParse(name, out _)).Select(Flag.Parse));
        return keywords;
    }

    /// <summary>The UID in the name of a file that an export wrote; 0 in others.</summary>
    public static uint UidOf(string fileName)
    {
        var name = Path.GetFileName(fileName);
        var (mark, end) = (name.IndexOf('U', StringComparison.Ordinal), name.IndexOf(".mailstore", StringComparison.Ordinal));
        return mark >= 0 && end > mark && uint.TryParse(name.AsSpan(mark + 1, end - mark - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var uid) ? uid : 0;
    }
}
