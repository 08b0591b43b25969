using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Deletes a mailbox. When it is the one that is selected here, the session is in the authenticated state afterwards. RFC 9051 §6.3.5; RFC 3501 §6.3.4.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>delete SP mailbox</c><br/>
/// Responses: LIST in IMAP4rev2, where the name was altered
/// </remarks>
sealed record Delete(SuppliedName Name) : IImapCommand<Delete>
{
    public static CommandDescriptor Descriptor { get; } = new("DELETE", SessionStates.LoggedIn);

    public IReadOnlyCollection<MailboxName> Changes => [Name.Name];

    public static Delete Parse(ref ImapReader reader)
    {
        reader.Space();
        var name = reader.SuppliedMailbox();
        reader.End();
        return new Delete(name);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        var isSelected = await session.IsSelectedAsync(Name.Name, cancellationToken);
        await session.User.DeleteMailboxAsync(Name.Name, cancellationToken);
        if (isSelected)
            session.CloseSelected();
        if (Name.IsAltered)
            AlteredNames.TellDeleted(session, Name);
        return Completion.Ok();
    }
}
