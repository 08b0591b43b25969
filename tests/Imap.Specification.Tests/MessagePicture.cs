namespace Imap.Specification.Tests;

/// <summary>What a client believes of a message; what it has not been told is null.</summary>
public sealed class MessagePicture
{
    /// <summary>Its UID.</summary>
    public uint? Uid { get; set; }

    /// <summary>Its flags, sorted, without \Recent.</summary>
    public string? Flags { get; set; }

    /// <summary>Its modification sequence.</summary>
    public long? ModSeq { get; set; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"UID {Uid}, FLAGS ({Flags ?? "?"}), MODSEQ {ModSeq}");
}
