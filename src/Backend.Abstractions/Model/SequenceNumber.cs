namespace Backend.Abstractions.Model;

/// <summary>
/// A message sequence number: the position of a message in its mailbox in the order of UIDs, 1 to the number of messages,
/// without holes. It changes when a message before it is expunged. RFC 9051 §2.3.1.2.
/// </summary>
/// <param name="Value">1 to the number of messages.</param>
public readonly record struct SequenceNumber(uint Value)
{
    /// <summary>The number in decimal digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
