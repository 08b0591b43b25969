namespace Imap.Server.Registry;

/// <summary>An option of LIST. RFC 5258 §3.</summary>
/// <param name="Name">Its word.</param>
/// <param name="Select">As a selection option: which mailboxes are listed; null when it is none.</param>
/// <param name="IsReturnOption">Whether it may stand behind RETURN. What it asks for is told in any case.</param>
sealed record ListOption(string Name, Func<MailboxInfo, bool>? Select, bool IsReturnOption);
