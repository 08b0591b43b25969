namespace Backend.Abstractions.Model;

/// <summary>How a mailbox is to be created.</summary>
public sealed record CreateOptions
{
    /// <summary>An ordinary mailbox.</summary>
    public static CreateOptions Default { get; } = new();

    /// <summary>Its special use; at most one mailbox of a user has each. RFC 6154 §3.</summary>
    public SpecialUse SpecialUse { get; init; }
}
