using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>A command that has been read and can be carried out.</summary>
interface IParsedCommand
{
    /// <summary>Carries it out: writes the untagged responses, and gives what the tagged one says.</summary>
    ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken);
}
