using Imap.Server.Session;

namespace Imap.Server.Registry;

/// <summary>An item of STATUS. RFC 9051 §6.3.11.</summary>
/// <param name="Name">Its word.</param>
/// <param name="Item">What the backend is asked for.</param>
/// <param name="Value">Its value as it is written in the answer; null where the mailbox has none.</param>
sealed record StatusItem(string Name, StatusItems Item, Func<MailboxStatus, string?> Value)
{
    /// <summary>An item whose value is a number.</summary>
    public StatusItem(string name, StatusItems item, Func<MailboxStatus, long?> number)
        : this(name, item, status => number(status)?.ToString(CultureInfo.InvariantCulture))
    {
    }

    /// <summary>Called when it is asked for, for an item that changes what the client is told from now on.</summary>
    public Func<ImapSession, CancellationToken, ValueTask>? Asked { get; init; }

    /// <summary>Whether it is no longer there once IMAP4rev2 is enabled. RFC 9051 Appendices A and E.</summary>
    public bool IsRev1Only { get; init; }
}
