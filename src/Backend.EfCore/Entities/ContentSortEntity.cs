namespace Backend.EfCore.Entities;

/// <summary>
/// What SORT, THREAD and THREADID look at: a <see cref="Mime.Sorting.SortValues"/>. Contents from before there was this table have none until
/// somebody asks.
/// </summary>
sealed class ContentSortEntity
{
    public int UserId { get; set; }

    public long ContentId { get; set; }

    /// <summary>The Date field as seconds since 1970 in UTC; null where it holds no date.</summary>
    public long? SentDate { get; set; }

    /// <summary>Folded by i;unicode-casemap, as all texts here.</summary>
    public required string BaseSubject { get; set; }

    public bool IsReply { get; set; }

    public required string From { get; set; }

    public required string To { get; set; }

    public required string Cc { get; set; }

    public required string DisplayFrom { get; set; }

    public required string DisplayTo { get; set; }

    public long? MessageId { get; set; }

    /// <summary>Eight octets each.</summary>
    public required byte[] References { get; set; }

    /// <summary>The number of the thread. It never changes. RFC 8474 §5.2.</summary>
    public long ThreadId { get; set; }
}
