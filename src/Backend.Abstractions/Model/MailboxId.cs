namespace Backend.Abstractions.Model;

/// <summary>
/// What names a mailbox for good: no other mailbox ever has it, and a mailbox keeps it under another name. INBOX renamed is a new mailbox. RFC 8474 §4.
/// </summary>
/// <param name="Value">1 to 255 letters and digits of ASCII, <c>-</c> and <c>_</c>. RFC 8474 §7 (objectid).</param>
public readonly record struct MailboxId(string Value)
{
    /// <summary>The text.</summary>
    public override string ToString() => Value;
}
