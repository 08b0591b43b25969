using System.Text;

namespace Backend.Abstractions.Model;

/// <summary>
/// A set of messages, by sequence number (<see cref="SequenceSet"/>) or by UID (<see cref="UidSet"/>): which of the two is part of
/// the type, so that one is never taken for the other. Immutable. RFC 9051 §9 (sequence-set).
/// </summary>
public abstract class NumberSet : IEquatable<NumberSet>
{
    private protected NumberSet(ImmutableArray<NumberRange> ranges) => Ranges = ranges;

    /// <summary>The ranges as they were written, in that order.</summary>
    public ImmutableArray<NumberRange> Ranges { get; }

    /// <summary>Whether the set has no range at all. The grammar has no form for it: never write it on the wire.</summary>
    public bool IsEmpty => Ranges.IsEmpty;

    /// <summary>
    /// The numbers of the set as ascending ranges that neither overlap nor touch, with <c>*</c> replaced.
    /// A bound above <paramref name="highest"/> is kept: it names no message, which is no error for UIDs.
    /// </summary>
    /// <param name="highest">What <c>*</c> stands for: the highest number in use, or zero when there is no message (then <c>*</c> names nothing).</param>
    public ImmutableArray<NumberRange> Resolve(uint highest)
    {
        if (Ranges.Length == 1)
            return Ordered(Ranges[0], highest) is { } only ? [only] : [];

        var ordered = new List<NumberRange>(Ranges.Length);
        foreach (var range in Ranges)
            if (Ordered(range, highest) is { } resolved)
                ordered.Add(resolved);
        ordered.Sort(static (a, b) => a.First.CompareTo(b.First));
        return Merge(ordered);
    }

    /// <summary>Whether the set names <paramref name="number"/>, with <c>*</c> standing for <paramref name="highest"/>.</summary>
    public bool Contains(uint number, uint highest)
    {
        foreach (var range in Ranges)
            if (Ordered(range, highest) is { } resolved && number >= resolved.First && number <= resolved.Last)
                return true;
        return false;
    }

    /// <summary>The set as the grammar writes it, such as <c>1:3,7,9:*</c>; empty for an empty set.</summary>
    public override string ToString() => string.Join(',', Ranges);

    /// <inheritdoc/>
    public bool Equals(NumberSet? other) =>
        other is not null && other.GetType() == GetType() && Ranges.AsSpan().SequenceEqual(other.Ranges.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NumberSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var range in Ranges)
            hash.Add(range);
        return hash.ToHashCode();
    }

    private protected static ImmutableArray<NumberRange> FromNumbers(IEnumerable<uint> numbers)
    {
        var ranges = ImmutableArray.CreateBuilder<NumberRange>();
        var sorted = numbers as IReadOnlyList<uint> ?? [.. numbers];
        if (!IsAscending(sorted))
            sorted = [.. sorted.Order()];
        foreach (var number in sorted)
        {
            ArgumentOutOfRangeException.ThrowIfZero(number);
            if (ranges.Count > 0 && number <= (long)ranges[^1].Last + 1)
                ranges[^1] = new NumberRange(ranges[^1].First, Math.Max(ranges[^1].Last, number));
            else
                ranges.Add(new NumberRange(number, number));
        }

        return ranges.DrainToImmutable();
    }

    private protected static bool TryParseRanges(ReadOnlySpan<byte> text, out ImmutableArray<NumberRange> ranges)
    {
        var builder = ImmutableArray.CreateBuilder<NumberRange>();
        ranges = [];
        foreach (var element in text.Split((byte)','))
        {
            var range = text[element];
            var colon = range.IndexOf((byte)':');
            if (!TryParseNumber(colon < 0 ? range : range[..colon], out var first))
                return false;
            var last = first;
            if (colon >= 0 && !TryParseNumber(range[(colon + 1)..], out last))
                return false;
            builder.Add(new NumberRange(first, last));
        }

        ranges = builder.DrainToImmutable();
        return true;
    }

    private protected static ImmutableArray<NumberRange> ParseRanges(string text) =>
        TryParseRanges(Encoding.Latin1.GetBytes(text), out var ranges)
            ? ranges
            : throw new FormatException($"\"{text}\" is no sequence set: expected numbers from 1 to 4294967295 and *, alone or as a:b, separated by commas.");

    // nz-number / "*"; RFC 9051 §9: digits only, no leading zero, at most 4294967295.
    static bool TryParseNumber(ReadOnlySpan<byte> digits, out uint number)
    {
        number = NumberRange.Star;
        if (digits is [(byte)'*'])
            return true;
        if (digits.IsEmpty || digits.Length > 10 || digits[0] == (byte)'0')
            return false;
        ulong value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            value = (value * 10) + (ulong)(digit - '0');
        }

        number = (uint)value;
        return value <= uint.MaxValue;
    }

    static NumberRange? Ordered(NumberRange range, uint highest)
    {
        var (first, last) = (range.First, range.Last);
        if (first == NumberRange.Star)
            first = highest;
        if (last == NumberRange.Star)
            last = highest;
        if (first > last)
            (first, last) = (last, first);
        return last == 0 ? null : new NumberRange(Math.Max(first, 1), last);
    }

    static ImmutableArray<NumberRange> Merge(List<NumberRange> ordered)
    {
        var merged = ImmutableArray.CreateBuilder<NumberRange>(ordered.Count);
        foreach (var range in ordered)
        {
            if (merged.Count > 0 && range.First <= (long)merged[^1].Last + 1)
                merged[^1] = new NumberRange(merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            else
                merged.Add(range);
        }

        return merged.DrainToImmutable();
    }

    static bool IsAscending(IReadOnlyList<uint> numbers)
    {
        for (var i = 1; i < numbers.Count; i++)
            if (numbers[i] < numbers[i - 1])
                return false;
        return true;
    }
}
