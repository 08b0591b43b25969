namespace Backend.Abstractions.Model;

/// <summary>How a mailbox is opened. RFC 9051 §6.3.2-6.3.3.</summary>
public sealed record SelectOptions
{
    /// <summary>SELECT: for reading and writing.</summary>
    public static SelectOptions ReadWrite { get; } = new();

    /// <summary>EXAMINE: nothing changes, \Recent neither.</summary>
    public static SelectOptions ReadOnly { get; } = new() { Examine = true };

    /// <summary>Whether the mailbox is only looked at.</summary>
    public bool Examine { get; init; }
}
