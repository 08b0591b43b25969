namespace Imap.Server.Registry;

/// <summary>Whether a command is written with the word UID in front. RFC 9051 §6.4.9.</summary>
enum UidForm
{
    /// <summary>Never.</summary>
    None,

    /// <summary>With it or without it.</summary>
    Both,

    /// <summary>Always.</summary>
    Only,
}
