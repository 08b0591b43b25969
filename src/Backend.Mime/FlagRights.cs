namespace Backend.Mime;

/// <summary>Which flags a user may change: t is for \Deleted, s for \Seen, w for all others. RFC 4314 §4, §5.1.1.</summary>
public static class FlagRights
{
    const MailboxRights Flags = MailboxRights.KeepSeen | MailboxRights.Write | MailboxRights.DeleteMessages;

    /// <summary>Whether anything can be changed in a selected mailbox: else it is read-only. RFC 4314 §5.2.</summary>
    /// <param name="rights">The user's rights.</param>
    public static bool CanChange(MailboxRights rights) => (rights & (Flags | MailboxRights.Insert | MailboxRights.Expunge)) != 0;

    /// <summary>Those of the flags that may be changed.</summary>
    /// <param name="flags">Any flags.</param>
    /// <param name="rights">The user's rights.</param>
    public static FlagSet Allowed(FlagSet flags, MailboxRights rights) =>
        (rights & Flags) == Flags ? flags : FlagSet.Of(flags.Where(flag => rights.HasFlag(RightFor(flag))));

    /// <summary>Those of the flags given to STORE that are stored. It fails only where nothing of what was asked for may be done.</summary>
    /// <param name="flags">The operand.</param>
    /// <param name="operation">What to do.</param>
    /// <param name="rights">The user's rights.</param>
    /// <exception cref="BackendException"><see cref="BackendError.NoPermission"/>, or <see cref="BackendError.NoSuchMailbox"/> to whoever
    /// may not know that there is a mailbox.</exception>
    public static FlagSet ForStore(FlagSet flags, FlagsOperation operation, MailboxRights rights)
    {
        var allowed = Allowed(flags, rights);
        var isRefused = operation == FlagsOperation.Replace ? (rights & Flags) == 0 : allowed.Count == 0 && flags.Count > 0;
        if (!isRefused)
            return allowed;
        throw rights.HasFlag(MailboxRights.Lookup)
            ? new BackendException(BackendError.NoPermission, "The owner of the mailbox has not given you the right to change these flags.")
            : new BackendException(BackendError.NoSuchMailbox, "There is no such mailbox.");
    }

    /// <summary>What becomes of a message's flags: those that may not be changed stay as they are.</summary>
    /// <param name="before">The flags before.</param>
    /// <param name="after">The flags after, if all might be changed.</param>
    /// <param name="rights">The user's rights.</param>
    public static FlagSet Keep(FlagSet before, FlagSet after, MailboxRights rights) =>
        (rights & Flags) == Flags ? after : Allowed(after, rights).Union(before.Except(Allowed(before, rights)));

    static MailboxRights RightFor(Flag flag) => flag == Flag.Seen ? MailboxRights.KeepSeen : flag == Flag.Deleted ? MailboxRights.DeleteMessages : MailboxRights.Write;
}
