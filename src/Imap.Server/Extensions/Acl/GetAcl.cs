using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Acl;

/// <summary>Tells who may do what with a mailbox. RFC 4314 §3.3.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>"GETACL" SP mailbox</c><br/>
/// Responses: ACL
/// </remarks>
sealed record GetAcl(MailboxName Name) : IImapCommand<GetAcl>
{
    public static CommandDescriptor Descriptor { get; } = new("GETACL", SessionStates.LoggedIn);

    public static GetAcl Parse(ref ImapReader reader)
    {
        reader.Space();
        var name = reader.Mailbox();
        reader.End();
        return new GetAcl(name);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        var entries = await ((IAclUser)session.User).GetAclAsync(Name, cancellationToken);
        session.Writer.Octets("* ACL "u8).Mailbox(Name);
        foreach (var entry in entries)
            session.Writer.Space().AString(Encoding.UTF8.GetBytes(entry.Identifier)).Space().Rights(entry.Rights);
        session.Writer.Crlf();
        return Completion.Ok();
    }
}
