namespace Imap.Server.Wire;

/// <summary>What the framer takes, and for how long it waits.</summary>
sealed record FramerLimits
{
    /// <summary>Octets of a line of a SASL exchange.</summary>
    public const int MaxTokenLength = 64 * 1024;

    /// <summary>Octets of a command without its literals.</summary>
    public required int MaxLineLength { get; init; }

    /// <summary>Octets of a literal that is kept in memory.</summary>
    public required int MaxLiteralLength { get; init; }

    /// <summary>Octets of a literal that comes unasked; null when it may have as many as any. RFC 7888 §5 (LITERAL-).</summary>
    public int? MaxLengthUnasked { get; init; }

    /// <summary>Literals of a command.</summary>
    public required int MaxLiterals { get; init; }

    /// <summary>How long to wait for a command.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>How long to wait for the next octets of a command that has begun.</summary>
    public required TimeSpan CommandPatience { get; init; }

    /// <summary>Octets of the lines of commands that have longer ones: those that carry a token. RFC 7628 §3.</summary>
    public int MaxLongLineLength { get; init; }

    /// <summary>Which commands have, by what has come of them; null for none.</summary>
    public LiteralTest? HasLongLine { get; init; }

    /// <summary>What a client may send that has not logged in.</summary>
    public static FramerLimits BeforeLogin(ImapServerOptions options, LiteralTest hasLongLine) => new()
    {
        // Nobody needs long lines yet, but for tokens.
        MaxLineLength = 8_192,
        MaxLongLineLength = MaxTokenLength,
        HasLongLine = hasLongLine,
        MaxLiteralLength = options.MaxLiteralLength,
        MaxLengthUnasked = options.MaxLengthUnasked,
        MaxLiterals = options.MaxLiterals,
        Patience = options.LoginTimeout,
        CommandPatience = options.CommandTimeout,
    };

    /// <summary>What a client may send that has logged in.</summary>
    public static FramerLimits AfterLogin(ImapServerOptions options) => new()
    {
        MaxLineLength = options.MaxLineLength,
        MaxLiteralLength = options.MaxLiteralLength,
        MaxLengthUnasked = options.MaxLengthUnasked,
        MaxLiterals = options.MaxLiterals,
        Patience = options.InactivityTimeout,
        CommandPatience = options.CommandTimeout,
    };
}
