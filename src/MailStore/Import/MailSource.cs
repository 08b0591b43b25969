namespace MailStore.Import;

/// <summary>A file or folder with messages.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Its octets on disk.</param>
/// <param name="Mailbox">The mailbox it belongs to, below the one that is imported into; null for that one itself. Still to be checked.</param>
sealed record MailSource(string Path, MailSourceKind Kind, long Length, string? Mailbox = null);
