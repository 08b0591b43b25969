namespace Backend.Mime.Sorting;

/// <summary>The order of SORT, decided in memory. RFC 5256 §3 (SORT); RFC 5957 §4.</summary>
/// <param name="criteria">The most important first.</param>
public sealed class MessageOrder(ImmutableArray<SortCriterion> criteria) : IComparer<SortableMessage>
{
    /// <inheritdoc/>
    public int Compare(SortableMessage? x, SortableMessage? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        foreach (var (field, reverse) in criteria)
        {
            var order = Compare(field, x, y);
            if (order != 0)
                return reverse ? -order : order;
        }

        return x.Uid.CompareTo(y.Uid);
    }

    static int Compare(SortField field, SortableMessage x, SortableMessage y) => field switch
    {
        SortField.Arrival => x.InternalDate.CompareTo(y.InternalDate),
        SortField.Date => x.SentDate.CompareTo(y.SentDate),
        SortField.Size => x.Size.CompareTo(y.Size),
        _ => Compare(TextOf(field, x.Values), TextOf(field, y.Values)),
    };

    static string TextOf(SortField field, SortValues values) => field switch
    {
        SortField.Cc => values.Cc,
        SortField.From => values.From,
        SortField.To => values.To,
        SortField.Subject => values.BaseSubject,
        SortField.DisplayFrom => values.DisplayFrom,
        SortField.DisplayTo => values.DisplayTo,
        _ => throw new ArgumentException($"{field} is nothing that messages are sorted by.", nameof(field)),
    };

    // By code points, as the octets of UTF-8 are: UTF-16 has those above U+FFFF before U+E000. RFC 5051 §2.
    static int Compare(string x, string y)
    {
        var common = x.AsSpan().CommonPrefixLength(y);
        if (common == x.Length || common == y.Length)
            return x.Length.CompareTo(y.Length);
        var (a, b) = (x[common], y[common]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }
}
