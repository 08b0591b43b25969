namespace Imap.Server.Wire;

/// <summary>What the framer takes, and for how long it waits.</summary>
sealed record FramerLimits
{
    /// <summary>Octets of a command without its literals.</summary>
    public required int MaxLineLength { get; init; }

    /// <summary>Octets of a literal that is kept in memory.</summary>
    public required int MaxLiteralLength { get; init; }

    /// <summary>Literals of a command.</summary>
    public required int MaxLiterals { get; init; }

    /// <summary>How long to wait for a command.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>How long to wait for the next octets of a command that has begun.</summary>
    public required TimeSpan CommandPatience { get; init; }
}
