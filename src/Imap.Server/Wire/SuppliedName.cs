namespace Imap.Server.Wire;

/// <summary>A mailbox's name with what the client wrote.</summary>
/// <param name="Name">The name in its one form.</param>
/// <param name="Text">The name as the client wrote it, as text.</param>
readonly record struct SuppliedName(MailboxName Name, string Text)
{
    /// <summary>
    /// Whether the client knows the mailbox by another name than the store: denormalized, or INBOX in lower case. A delimiter at the end is
    /// no part of the name (RFC 9051 §6.3.4). RFC 9051 §5.1, §6.3.9.7.
    /// </summary>
    public bool IsAltered => Text != Name.Value && (Text.Length == 0 || Text[^1] != MailboxName.Delimiter || Text[..^1] != Name.Value);
}
