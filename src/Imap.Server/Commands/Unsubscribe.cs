using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Removes a name from the subscriptions. RFC 9051 §6.3.8; RFC 3501 §6.3.7.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>unsubscribe SP mailbox</c><br/>
/// Responses: none
/// </remarks>
sealed record Unsubscribe(MailboxName Name) : IImapCommand<Unsubscribe>
{
    public static CommandDescriptor Descriptor { get; } = new("UNSUBSCRIBE", SessionStates.LoggedIn);

    public IReadOnlyCollection<MailboxName> Changes => [Name];

    public static Unsubscribe Parse(ref ImapReader reader)
    {
        reader.Space();
        var name = reader.Mailbox();
        reader.End();
        return new Unsubscribe(name);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        await session.User.SetSubscribedAsync(Name, false, cancellationToken);
        return Completion.Ok();
    }
}
