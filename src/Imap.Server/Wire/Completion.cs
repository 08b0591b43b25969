namespace Imap.Server.Wire;

/// <summary>What the tagged response to a command says. RFC 9051 §7.1.</summary>
/// <param name="Status">OK, NO or BAD.</param>
/// <param name="Code">The response code, or null.</param>
/// <param name="Text">The text for people; null for the ordinary "completed".</param>
readonly record struct Completion(CompletionStatus Status, ResponseCode? Code, string? Text)
{
    /// <summary>Done.</summary>
    public static Completion Ok(ResponseCode? code = null, string? text = null) => new(CompletionStatus.Ok, code, text);

    /// <summary>Refused.</summary>
    public static Completion No(ResponseCode? code, string text) => new(CompletionStatus.No, code, text);

    /// <summary>Not understood.</summary>
    public static Completion Bad(string text, ResponseCode? code = null) => new(CompletionStatus.Bad, code, text);
}
