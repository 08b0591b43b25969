namespace Imap.Server.Registry;

/// <summary>What parsing a command depends on besides its text.</summary>
/// <param name="Registry">The words that extensions add.</param>
/// <param name="Options">The limits.</param>
/// <param name="Uid">Whether the command has the word UID in front. RFC 9051 §6.4.9.</param>
sealed record ParseContext(ImapRegistry Registry, ImapServerOptions Options, bool Uid)
{
    /// <summary>What the session has enabled so far. RFC 5161.</summary>
    public EnabledExtensions Enabled { get; init; } = new();

    /// <summary>What <c>$</c> stands for: the messages that the session's last SEARCH with SAVE found. RFC 5182.</summary>
    public Func<UidSet> SavedResult { get; init; } = static () => UidSet.Empty;
}
