namespace Imap.Server.Registry;

/// <summary>What the client is told of changes before a command completes. RFC 9051 §7.5.1; RFC 3501 §7.4.1.</summary>
enum UpdatePolicy
{
    /// <summary>Nothing: the command tells everything itself, or there is nothing to tell.</summary>
    None,

    /// <summary>All changes but EXPUNGE, which would confuse its sequence numbers; in the UID form all.</summary>
    HoldExpunges,

    /// <summary>All changes.</summary>
    All,
}
