using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Acl;

/// <summary>Changes what somebody may do with a mailbox. RFC 4314 §3.1.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>"SETACL" SP mailbox SP identifier SP mod-rights</c><br/>
/// Responses: none
/// </remarks>
sealed record SetAcl(MailboxName Name, string Identifier, RightsOperation Operation, MailboxRights Rights) : IImapCommand<SetAcl>
{
    public static CommandDescriptor Descriptor { get; } = new("SETACL", SessionStates.LoggedIn);

    public static SetAcl Parse(ref ImapReader reader)
    {
        reader.Space();
        var name = reader.Mailbox();
        reader.Space();
        var identifier = reader.Identifier();
        reader.Space();
        var (operation, rights) = reader.RightsChange();
        reader.End();
        return new SetAcl(name, identifier, operation, rights);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        await ((IAclUser)session.User).SetRightsAsync(Name, Identifier, Operation, Rights, cancellationToken);
        return Completion.Ok();
    }
}
