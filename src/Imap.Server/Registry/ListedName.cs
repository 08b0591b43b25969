namespace Imap.Server.Registry;

/// <summary>A name that a LIST command lists.</summary>
/// <param name="Info">What the backend tells of it.</param>
/// <param name="IsSelected">Whether it meets the selection criteria; if not, it is listed for what is below it.</param>
/// <param name="HasSelectedInferior">Whether a name below it meets them. RFC 5258 §3.5 (CHILDINFO).</param>
readonly record struct ListedName(MailboxInfo Info, bool IsSelected, bool HasSelectedInferior);
