namespace Backend.Memory;

/// <summary>Looks through search keys without recursion: they may come nested deeper than any stack.</summary>
static class SearchKeys
{
    /// <summary>All keys of a search, however they are nested.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.Limit"/>: deeper than <see cref="SearchCriteria.MaxDepth"/>.</exception>
    public static List<SearchKey> Of(SearchCriteria criteria)
    {
        var keys = new List<SearchKey>();
        var open = new Stack<(SearchKey Key, int Depth)>([(criteria.Key, 1)]);
        while (open.TryPop(out var next))
        {
            if (next.Depth > SearchCriteria.MaxDepth)
                throw new BackendException(BackendError.Limit, $"The search is nested deeper than {SearchCriteria.MaxDepth} levels. Make it simpler.");
            keys.Add(next.Key);
            foreach (var child in ChildrenOf(next.Key))
                open.Push((child, next.Depth + 1));
        }

        return keys;
    }

    static ImmutableArray<SearchKey> ChildrenOf(SearchKey key) => key switch
    {
        SearchKey.Not not => [not.Key],
        SearchKey.Or or => [or.Left, or.Right],
        SearchKey.And and => and.Keys,
        _ => [],
    };
}
