namespace Backend.EfCore.Queries;

/// <summary>A message of a page of FETCH: what was asked for of its content, and its octets where they are one chunk.</summary>
readonly record struct PageRow(MessageRow Message, ContentRow? Content, byte[]? Body)
{
    /// <summary>About how much memory it holds.</summary>
    public long Octets => (Body?.Length ?? 0) + (Content?.Octets ?? 0);
}
