using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Acl;

/// <summary>Takes away what was given to somebody by name. RFC 4314 §3.2.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>"DELETEACL" SP mailbox SP identifier</c><br/>
/// Responses: none
/// </remarks>
sealed record DeleteAcl(MailboxName Name, string Identifier) : IImapCommand<DeleteAcl>
{
    public static CommandDescriptor Descriptor { get; } = new("DELETEACL", SessionStates.LoggedIn);

    public static DeleteAcl Parse(ref ImapReader reader)
    {
        reader.Space();
        var name = reader.Mailbox();
        reader.Space();
        var identifier = reader.Identifier();
        reader.End();
        return new DeleteAcl(name, identifier);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        await ((IAclUser)session.User).SetRightsAsync(Name, Identifier, RightsOperation.Replace, MailboxRights.None, cancellationToken);
        return Completion.Ok();
    }
}
