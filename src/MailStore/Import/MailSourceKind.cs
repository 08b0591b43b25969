namespace MailStore.Import;

/// <summary>What a source of messages is.</summary>
enum MailSourceKind
{
    /// <summary>A file with any number of messages behind From_ lines, perhaps compressed.</summary>
    Mbox,

    /// <summary>A file that is one message, perhaps compressed.</summary>
    MessageFile,

    /// <summary>A folder with a message in each file of its <c>cur</c> and <c>new</c>.</summary>
    Maildir,
}
