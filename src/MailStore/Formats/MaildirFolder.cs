namespace MailStore.Formats;

/// <summary>The folders of a Maildir++: <c>.Lists.dotnet</c> inside of a Maildir is the Maildir of the mailbox <c>Lists/dotnet</c>.</summary>
static class MaildirFolder
{
    /// <summary>The folder of messages that a mail program has seen.</summary>
    public const string Current = "cur";

    /// <summary>The folder of messages that none has seen yet.</summary>
    public const string New = "new";

    /// <summary>The folder of messages that are being written.</summary>
    public const string Temporary = "tmp";

    /// <summary>Whether the folder is a Maildir.</summary>
    public static bool IsMaildir(string path) => Directory.Exists(Path.Combine(path, Current)) && Directory.Exists(Path.Combine(path, New));

    /// <summary>The name of a mailbox's folder.</summary>
    public static string NameOf(MailboxName mailbox) => string.Concat(mailbox.Value.Split(MailboxName.Delimiter).Select(static level => $".{ModifiedUtf7.Encode(level)}"));

    /// <summary>The mailbox's name, as text that is still to be checked, or null when the folder's name is not that of a mailbox.</summary>
    public static string? MailboxOf(string folderName) =>
        folderName is ['.', not '.', ..] ? string.Join(MailboxName.Delimiter, folderName[1..].Split('.').Select(ModifiedUtf7.Decode)) : null;
}
