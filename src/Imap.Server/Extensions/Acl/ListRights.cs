using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Acl;

/// <summary>Tells what somebody could be given. RFC 4314 §3.4.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>"LISTRIGHTS" SP mailbox SP identifier</c><br/>
/// Responses: LISTRIGHTS
/// </remarks>
sealed record ListRights(MailboxName Name, string Identifier) : IImapCommand<ListRights>
{
    public static CommandDescriptor Descriptor { get; } = new("LISTRIGHTS", SessionStates.LoggedIn);

    public static ListRights Parse(ref ImapReader reader)
    {
        reader.Space();
        var name = reader.Mailbox();
        reader.Space();
        var identifier = reader.Identifier();
        reader.End();
        return new ListRights(name, identifier);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        var rights = await ((IAclUser)session.User).GetGrantableRightsAsync(Name, Identifier, cancellationToken);
        // The identifier as the client wrote it.
        session.Writer.Octets("* LISTRIGHTS "u8).Mailbox(Name).Space().AString(Encoding.UTF8.GetBytes(Identifier)).Space().Rights(rights.Required).SeparateRights(rights.Optional);
        session.Writer.Crlf();
        return Completion.Ok();
    }
}
