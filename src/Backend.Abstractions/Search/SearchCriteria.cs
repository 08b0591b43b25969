namespace Backend.Abstractions.Search;

/// <summary>What to search a mailbox for. RFC 9051 §6.4.4.</summary>
/// <param name="Key">The key that the messages must match; several are an <see cref="SearchKey.And"/>.</param>
public sealed record SearchCriteria(SearchKey Key)
{
    /// <summary>The deepest nesting of keys that a backend takes, the outermost counted as one.</summary>
    public const int MaxDepth = 100;

    /// <summary>Every message.</summary>
    public static SearchCriteria All { get; } = new(new SearchKey.All());
}
