namespace Backend.Abstractions.Model;

/// <summary>A set of messages by <see cref="Uid"/>. A UID that no message has is no error: it names nothing. RFC 9051 §6.4.9.</summary>
public sealed class UidSet : NumberSet
{
    UidSet(ImmutableArray<NumberRange> ranges) : base(ranges)
    {
    }

    /// <summary>No message.</summary>
    public static UidSet Empty { get; } = new([]);

    /// <summary>Every message: <c>1:*</c>.</summary>
    public static UidSet All { get; } = new([new NumberRange(1, NumberRange.Star)]);

    /// <summary>The one message.</summary>
    public static UidSet Of(Uid uid) => From([uid]);

    /// <summary>All messages whose UID is between the two, both included.</summary>
    public static UidSet Between(Uid first, Uid last) => new([new NumberRange(first.Value, last.Value)]);

    /// <summary>The smallest set of ascending ranges that holds exactly these UIDs; the order in which they come and repeats do not matter.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is zero.</exception>
    public static UidSet From(IEnumerable<Uid> uids) => new(FromNumbers(uids.Select(static uid => uid.Value)));

    /// <summary>The set of these ranges, as they stand.</summary>
    public static UidSet FromRanges(IEnumerable<NumberRange> ranges) => new([.. ranges]);

    /// <summary>Reads a <c>sequence-set</c>. RFC 9051 §9.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static UidSet Parse(string text) => new(ParseRanges(text));

    /// <summary>Reads a <c>sequence-set</c> from the octets of a command. RFC 9051 §9.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out UidSet? set)
    {
        set = TryParseRanges(text, out var ranges) ? new UidSet(ranges) : null;
        return set is not null;
    }

    /// <summary>Whether the set names <paramref name="uid"/>, with <c>*</c> standing for <paramref name="highest"/>.</summary>
    public bool Contains(Uid uid, Uid highest) => Contains(uid.Value, highest.Value);

    /// <summary>
    /// The UIDs one by one, ascending. Only for sets that list what is there (the answers of a backend), never for what a client
    /// sent: <c>1:4294967295</c> would give four billion.
    /// </summary>
    /// <exception cref="InvalidOperationException">The set has a <c>*</c>.</exception>
    public IEnumerable<Uid> Enumerate()
    {
        if (Ranges.Any(static range => range.First == NumberRange.Star || range.Last == NumberRange.Star))
            throw new InvalidOperationException($"The UIDs of {this} cannot be listed: what * stands for is not known here.");
        return Each();

        IEnumerable<Uid> Each()
        {
            foreach (var range in Resolve(0))
                for (ulong uid = range.First; uid <= range.Last; uid++)
                    yield return new Uid((uint)uid);
        }
    }

    /// <summary>
    /// The UIDs that are in both sets, as ascending ranges that neither overlap nor touch. In both, <c>*</c> stands for
    /// <paramref name="highest"/>.
    /// </summary>
    public UidSet Intersect(UidSet other, Uid highest)
    {
        var (left, right) = (Resolve(highest.Value), other.Resolve(highest.Value));
        var both = ImmutableArray.CreateBuilder<NumberRange>();
        for (var (i, j) = (0, 0); i < left.Length && j < right.Length;)
        {
            var (first, last) = (Math.Max(left[i].First, right[j].First), Math.Min(left[i].Last, right[j].Last));
            if (first <= last)
                both.Add(new NumberRange(first, last));
            if (left[i].Last < right[j].Last)
                i++;
            else
                j++;
        }

        return new UidSet(both.DrainToImmutable());
    }

    /// <summary>How many UIDs a set without <c>*</c> holds.</summary>
    public long Count => Resolve(0).Sum(static range => range.Count);
}
