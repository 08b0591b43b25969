using System.Runtime.CompilerServices;

namespace MailStore.Import;

/// <summary>
/// Reads a Maildir: <c>new</c> and <c>cur</c> together, in the order of the files' names, which is that of their arrival. The internal date
/// is the file's time, where Dovecot and mbsync keep it. <see href="https://cr.yp.to/proto/maildir.html"/>.
/// </summary>
static class MaildirReader
{
    /// <summary>The octets of its messages on disk.</summary>
    public static long LengthOf(string maildir) => Files(maildir).Sum(static file => file.Length);

    /// <summary>Reads the messages. The caller disposes each.</summary>
    /// <param name="maildir">The folder.</param>
    /// <param name="report">Where a file that cannot be read is refused.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<SourceMessage> ReadAsync(string maildir, ImportReport report, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keywords = await ReadKeywordsAsync(maildir, cancellationToken);
        foreach (var file in Files(maildir).OrderBy(static file => Order(file.Name)).ThenBy(static file => file.Name, StringComparer.Ordinal).ToList())
        {
            SourceMessage message;
            try
            {
                await using var octets = await MailFile.OpenAsync(file.FullName, report.AddRead, cancellationToken);
                message = await MessageFileReader.ReadAsync(octets, file.FullName, cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                report.Refuse(file.FullName, null, exception.Message);
                continue;
            }

            yield return new SourceMessage
            {
                File = message.File,
                Content = message.Content,
                Flags = MaildirFlags.Read(file.Name, keywords),
                Date = new DateTimeOffset(file.LastWriteTimeUtc),
            };
        }
    }

    // A name begins with the time in seconds. Unlike as texts, as numbers they are in order whatever their length.
    static long Order(string name) => long.TryParse(name.AsSpan(0, Math.Max(0, name.IndexOf('.', StringComparison.Ordinal))), out var seconds) ? seconds : long.MaxValue;

    // Names that begin with a dot are none of a Maildir's messages.
    static IEnumerable<FileInfo> Files(string maildir) =>
        new[] { MaildirFolder.New, MaildirFolder.Current }
            .SelectMany(folder => new DirectoryInfo(Path.Combine(maildir, folder)).EnumerateFiles())
            .Where(static file => !file.Name.StartsWith('.'));

    static async Task<Dictionary<char, Flag>> ReadKeywordsAsync(string maildir, CancellationToken cancellationToken)
    {
        var file = Path.Combine(maildir, MaildirFlags.KeywordsFile);
        return File.Exists(file) ? MaildirFlags.ReadKeywords(await File.ReadAllLinesAsync(file, cancellationToken)) : [];
    }
}
