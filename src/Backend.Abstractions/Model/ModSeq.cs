namespace Backend.Abstractions.Model;

/// <summary>
/// A modification sequence: each change in a mailbox gets a higher one than every change before it. It never comes from a clock.
/// RFC 7162 §3.1.
/// </summary>
/// <param name="Value">1 to 2^63-1; zero means "before any change".</param>
public readonly record struct ModSeq(long Value) : IComparable<ModSeq>
{
    /// <summary>Before any change.</summary>
    public static ModSeq Zero => default;

    /// <inheritdoc/>
    public int CompareTo(ModSeq other) => Value.CompareTo(other.Value);

    /// <summary>Whether <paramref name="left"/> is below <paramref name="right"/>.</summary>
    public static bool operator <(ModSeq left, ModSeq right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> is above <paramref name="right"/>.</summary>
    public static bool operator >(ModSeq left, ModSeq right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> is at or below <paramref name="right"/>.</summary>
    public static bool operator <=(ModSeq left, ModSeq right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> is at or above <paramref name="right"/>.</summary>
    public static bool operator >=(ModSeq left, ModSeq right) => left.Value >= right.Value;

    /// <summary>The number in decimal digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
