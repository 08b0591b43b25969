using Imap.Server.Session;

namespace Imap.Server.Registry;

/// <summary>Something that is off in a session until the client enables it. RFC 5161 §3.1; RFC 9051 §6.3.1.</summary>
/// <param name="Name">Its capability.</param>
sealed record Enablable(string Name)
{
    /// <summary>What comes with it, such as CONDSTORE with QRESYNC (RFC 7162 §3.2.3).</summary>
    public ImmutableArray<string> Implies { get; init; } = [];

    /// <summary>Whether the client takes UTF-8 from then on, in quoted strings and names. RFC 9051 §5.1; RFC 6855 §3.</summary>
    public bool SpeaksUtf8 { get; init; }

    /// <summary>What happens at once, when it was not enabled before; null for nothing.</summary>
    public Func<ImapSession, CancellationToken, ValueTask>? WhenEnabled { get; init; }
}
