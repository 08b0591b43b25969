namespace Backend.Abstractions.Model;

/// <summary>
/// A set of messages by <see cref="SequenceNumber"/>, as the mailbox stands when it is used. A number above the number of messages
/// is an error of the caller. RFC 9051 §2.3.1.2, §9 (sequence-set).
/// </summary>
public sealed class SequenceSet : NumberSet
{
    SequenceSet(ImmutableArray<NumberRange> ranges) : base(ranges)
    {
    }

    /// <summary>No message.</summary>
    public static SequenceSet Empty { get; } = new([]);

    /// <summary>Every message: <c>1:*</c>.</summary>
    public static SequenceSet All { get; } = new([new NumberRange(1, NumberRange.Star)]);

    /// <summary>The smallest set of ascending ranges that holds exactly these numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is zero.</exception>
    public static SequenceSet From(IEnumerable<SequenceNumber> numbers) => new(FromNumbers(numbers.Select(static number => number.Value)));

    /// <summary>Reads a <c>sequence-set</c>. RFC 9051 §9.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static SequenceSet Parse(string text) => new(ParseRanges(text));

    /// <summary>Reads a <c>sequence-set</c> from the octets of a command. RFC 9051 §9.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SequenceSet? set)
    {
        set = TryParseRanges(text, out var ranges) ? new SequenceSet(ranges) : null;
        return set is not null;
    }
}
