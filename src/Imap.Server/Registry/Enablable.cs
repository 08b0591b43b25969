using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>Something that is off in a session until the client enables it. RFC 5161 §3.1; RFC 9051 §6.3.1.</summary>
/// <param name="Name">Its capability.</param>
sealed record Enablable(string Name)
{
    /// <summary>What comes with it, such as CONDSTORE with QRESYNC (RFC 7162 §3.2.3).</summary>
    public ImmutableArray<string> Implies { get; init; } = [];

    /// <summary>The form in which the client takes what it is told from then on, at least.</summary>
    public ImapForm Form { get; init; }

    /// <summary>Whether strings of a search are UTF-8 from then on and CHARSET has no place any more. RFC 6855 §3.</summary>
    public bool FixesCharset { get; init; }

    /// <summary>What happens at once, when it was not enabled before; null for nothing.</summary>
    public Func<ImapSession, CancellationToken, ValueTask>? WhenEnabled { get; init; }
}
