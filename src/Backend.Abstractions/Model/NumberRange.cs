namespace Backend.Abstractions.Model;

/// <summary>
/// One element of a <see cref="NumberSet"/>: all numbers between two bounds, both included. As it was written the bounds may stand
/// in either order and either may be <see cref="Star"/>; after <see cref="NumberSet.Resolve"/> they are plain numbers in order.
/// RFC 9051 §9 (seq-range).
/// </summary>
/// <param name="First">One bound.</param>
/// <param name="Last">The other bound.</param>
public readonly record struct NumberRange(uint First, uint Last)
{
    /// <summary>Stands for <c>*</c>, the highest number in use. Zero, which is no message's number.</summary>
    public const uint Star = 0;

    /// <summary>How many numbers a resolved range holds.</summary>
    public long Count => (long)Last - First + 1;

    /// <summary>The range as the grammar writes it: <c>4</c>, <c>2:7</c>, <c>3:*</c>.</summary>
    public override string ToString() => First == Last ? Text(First) : $"{Text(First)}:{Text(Last)}";

    static string Text(uint number) => number == Star ? "*" : number.ToString(CultureInfo.InvariantCulture);
}
