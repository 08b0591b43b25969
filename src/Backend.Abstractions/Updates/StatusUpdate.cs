namespace Backend.Abstractions.Updates;

/// <summary>A text for the user, to be sent as an untagged OK with the ALERT code. RFC 9051 §7.1.</summary>
public sealed class StatusUpdate : Update
{
    /// <summary>The text, one line.</summary>
    public required string Text { get; init; }
}
