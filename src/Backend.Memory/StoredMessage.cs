namespace Backend.Memory;

/// <summary>A message in a mailbox. Immutable: one whose flags change is replaced, so whoever took it earlier sees it as it was.</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="Content">Its octets.</param>
/// <param name="Flags">Its flags, never \Recent: that is each handle's own.</param>
/// <param name="InternalDate">Its internal date, to the second.</param>
/// <param name="ModSeq">The modification sequence of its last change.</param>
/// <param name="SaveDate">When it came into the mailbox, to the second. RFC 8514 §3.</param>
sealed record StoredMessage(Uid Uid, StoredContent Content, FlagSet Flags, DateTimeOffset InternalDate, ModSeq ModSeq = default, DateTimeOffset SaveDate = default)
{
    public bool Has(Flag flag) => Flags.Contains(flag);
}
