namespace Backend.EfCore.Messages;

/// <summary>Looks into ranges that are ascending and do not overlap.</summary>
static class RangeSearch
{
    /// <summary>Whether a number is in one of them.</summary>
    public static bool Hold(this IReadOnlyList<NumberRange> ranges, long number)
    {
        var (low, high) = (0, ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = ranges[middle].Last < number ? (middle + 1, high) : (low, middle);
        }

        return low < ranges.Count && ranges[low].First <= number;
    }
}
