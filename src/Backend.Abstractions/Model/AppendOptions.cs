namespace Backend.Abstractions.Model;

/// <summary>What a message is stored with. RFC 9051 §6.3.12.</summary>
public sealed record AppendOptions
{
    /// <summary>No flags, the current time.</summary>
    public static AppendOptions Default { get; } = new();

    /// <summary>Its flags. \Recent among them is ignored: it is the server's to give.</summary>
    public FlagSet Flags { get; init; } = FlagSet.Empty;

    /// <summary>Its internal date, kept with its offset to the second; null for the current time.</summary>
    public DateTimeOffset? InternalDate { get; init; }
}
