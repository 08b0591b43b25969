namespace Backend.Abstractions.Model;

/// <summary>
/// The unique identifier validity value: while it stays the same, a name and a <see cref="Uid"/> name one immutable message.
/// It only ever rises for a mailbox name. RFC 9051 §2.3.1.1; RFC 3501 §2.3.1.1.
/// </summary>
/// <param name="Value">1 to 4,294,967,295.</param>
public readonly record struct UidValidity(uint Value)
{
    /// <summary>The number in decimal digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
