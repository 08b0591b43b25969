using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>A command that has been read and can be carried out.</summary>
interface IParsedCommand
{
    /// <summary>Whether EXPUNGE must not be told before it completes, though commands of its kind allow that: UID SEARCH for sequence numbers. RFC 7162 §3.2.10.2.</summary>
    bool HoldsExpunges => false;

    /// <summary>The mailboxes, but the selected one, that it changes: of that its own client need not be told. RFC 5465 §5.</summary>
    IReadOnlyCollection<MailboxName> Changes => [];

    /// <summary>Carries it out: writes the untagged responses, and gives what the tagged one says.</summary>
    ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken);
}
