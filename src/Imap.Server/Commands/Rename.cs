using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Renames a mailbox with its inferiors; INBOX gives its messages away and stays. RFC 9051 §6.3.6; RFC 3501 §6.3.5.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>rename SP mailbox SP mailbox</c><br/>
/// Responses: none
/// </remarks>
sealed record Rename(MailboxName From, MailboxName To) : IImapCommand<Rename>
{
    public static CommandDescriptor Descriptor { get; } = new("RENAME", SessionStates.LoggedIn);

    public static Rename Parse(ref ImapReader reader)
    {
        reader.Space();
        var from = reader.Mailbox();
        reader.Space();
        var to = reader.Mailbox();
        reader.End();
        return new Rename(from, to);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        await session.User.RenameMailboxAsync(From, To, cancellationToken);
        return Completion.Ok();
    }
}
