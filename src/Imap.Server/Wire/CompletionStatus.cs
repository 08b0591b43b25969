namespace Imap.Server.Wire;

/// <summary>How a command ended. RFC 9051 §7.1.</summary>
enum CompletionStatus
{
    /// <summary>It was done.</summary>
    Ok,

    /// <summary>It was refused or failed.</summary>
    No,

    /// <summary>It was not understood.</summary>
    Bad,
}
