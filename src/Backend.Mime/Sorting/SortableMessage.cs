namespace Backend.Mime.Sorting;

/// <summary>A message to be sorted in memory.</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="InternalDate">Its internal date.</param>
/// <param name="Size">Its octets.</param>
/// <param name="Values">What its header says.</param>
public sealed record SortableMessage(Uid Uid, DateTimeOffset InternalDate, long Size, SortValues Values)
{
    /// <summary>The sent date as seconds since 1970. RFC 5256 §2.2.</summary>
    public long SentDate => Values.SentDate ?? InternalDate.ToUnixTimeSeconds();
}
