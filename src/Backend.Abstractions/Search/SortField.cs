namespace Backend.Abstractions.Search;

/// <summary>By what messages are sorted. Texts are compared by the comparator i;unicode-casemap; a missing one is empty and comes first. RFC 5256 §3 (SORT).</summary>
public enum SortField
{
    /// <summary>Internal date and time: ARRIVAL.</summary>
    Arrival,

    /// <summary>The mailbox part of the first Cc address: CC.</summary>
    Cc,

    /// <summary>Sent date and time in UTC, else internal date and time: DATE. RFC 5256 §2.2.</summary>
    Date,

    /// <summary>The mailbox part of the first From address: FROM.</summary>
    From,

    /// <summary>RFC822.SIZE: SIZE.</summary>
    Size,

    /// <summary>Base subject: SUBJECT. RFC 5256 §2.1.</summary>
    Subject,

    /// <summary>The mailbox part of the first To address: TO.</summary>
    To,

    /// <summary>The first From address as a client shows it: DISPLAYFROM. RFC 5957 §3-4.</summary>
    DisplayFrom,

    /// <summary>The first To address as a client shows it: DISPLAYTO. RFC 5957 §3-4.</summary>
    DisplayTo,
}
