namespace Backend.Abstractions.Model;

/// <summary>
/// A unique identifier: a nonzero unsigned 32-bit number, strictly ascending in its mailbox and never given to another message
/// of that mailbox name under one <see cref="UidValidity"/>. RFC 9051 §2.3.1.1; RFC 3501 §2.3.1.1.
/// </summary>
/// <param name="Value">1 to 4,294,967,295. Zero (<c>default</c>) is no message and never goes on the wire.</param>
public readonly record struct Uid(uint Value) : IComparable<Uid>
{
    /// <summary>The lowest UID that a message can have.</summary>
    public static Uid MinValue => new(1);

    /// <summary>The highest UID that a message can have.</summary>
    public static Uid MaxValue => new(uint.MaxValue);

    /// <inheritdoc/>
    public int CompareTo(Uid other) => Value.CompareTo(other.Value);

    /// <summary>Whether <paramref name="left"/> is below <paramref name="right"/>.</summary>
    public static bool operator <(Uid left, Uid right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> is above <paramref name="right"/>.</summary>
    public static bool operator >(Uid left, Uid right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> is at or below <paramref name="right"/>.</summary>
    public static bool operator <=(Uid left, Uid right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> is at or above <paramref name="right"/>.</summary>
    public static bool operator >=(Uid left, Uid right) => left.Value >= right.Value;

    /// <summary>The number in decimal digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
