using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Renames a mailbox with its inferiors; INBOX gives its messages away and stays. RFC 9051 §6.3.6; RFC 3501 §6.3.5.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>rename SP mailbox SP mailbox</c><br/>
/// Responses: LIST in IMAP4rev2, where a name was altered
/// </remarks>
sealed record Rename(SuppliedName From, SuppliedName To) : IImapCommand<Rename>
{
    public static CommandDescriptor Descriptor { get; } = new("RENAME", SessionStates.LoggedIn);

    public IReadOnlyCollection<MailboxName> Changes => [From.Name, To.Name];

    public static Rename Parse(ref ImapReader reader)
    {
        reader.Space();
        var from = reader.SuppliedMailbox();
        reader.Space();
        var to = reader.SuppliedMailbox();
        reader.End();
        return new Rename(from, to);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        await session.User.RenameMailboxAsync(From.Name, To.Name, cancellationToken);
        // RFC 9051 §6.3.6: the new name, with the old one as the client wrote it.
        if (From.IsAltered || To.IsAltered)
            await AlteredNames.TellAsync(session, To.Name, From, cancellationToken);
        return Completion.Ok();
    }
}
