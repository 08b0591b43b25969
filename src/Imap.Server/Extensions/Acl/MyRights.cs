using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Acl;

/// <summary>Tells what the user may do with a mailbox. RFC 4314 §3.5.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>"MYRIGHTS" SP mailbox</c><br/>
/// Responses: MYRIGHTS
/// </remarks>
sealed record MyRights(MailboxName Name) : IImapCommand<MyRights>
{
    public static CommandDescriptor Descriptor { get; } = new("MYRIGHTS", SessionStates.LoggedIn);

    public static MyRights Parse(ref ImapReader reader)
    {
        reader.Space();
        var name = reader.Mailbox();
        reader.End();
        return new MyRights(name);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        session.Writer.MyRights(Name, await ((IAclUser)session.User).GetMyRightsAsync(Name, cancellationToken));
        return Completion.Ok();
    }
}
