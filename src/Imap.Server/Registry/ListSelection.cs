namespace Imap.Server.Registry;

/// <summary>A selection option of LIST: which names are listed. RFC 5258 §3.1; RFC 9051 §6.3.9.1.</summary>
/// <param name="Name">Its word.</param>
/// <param name="Selects">Whether a name is one of them; null for an option that decides about none by itself.</param>
sealed record ListSelection(string Name, Func<MailboxInfo, bool>? Selects)
{
    /// <summary>Whether it looks at names too that are subscribed to and not there.</summary>
    public bool IncludesNonExistent { get; init; }

    /// <summary>Whether it adds the names above those that the others select: one that is of no use alone. RFC 5258 §3.1 (RECURSIVEMATCH).</summary>
    public bool AddsSuperiors { get; init; }

    /// <summary>The attributes that are told for its sake: those of the return option that it implies.</summary>
    public MailboxAttributes Attributes { get; init; }
}
