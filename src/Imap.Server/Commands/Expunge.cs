using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Removes what is marked \Deleted for good. RFC 9051 §6.4.3; RFC 3501 §6.4.3; RFC 7162 §3.2.7.</summary>
/// <remarks>
/// States: selected.<br/>
/// Syntax: <c>expunge</c><br/>
/// Responses: EXPUNGE or VANISHED
/// </remarks>
sealed record Expunge : IImapCommand<Expunge>
{
    public static CommandDescriptor Descriptor { get; } = new("EXPUNGE", SessionStates.Selected) { Writes = true };

    public static Expunge Parse(ref ImapReader reader)
    {
        reader.End();
        return new Expunge();
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        var data = await session.Selected.Mailbox.ExpungeAsync(null, cancellationToken);
        return session.Expunged(data);
    }
}
