using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Adds a name to the subscriptions. RFC 9051 §6.3.7; RFC 3501 §6.3.6.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>subscribe SP mailbox</c><br/>
/// Responses: none
/// </remarks>
sealed record Subscribe(MailboxName Name) : IImapCommand<Subscribe>
{
    public static CommandDescriptor Descriptor { get; } = new("SUBSCRIBE", SessionStates.LoggedIn);

    public IReadOnlyCollection<MailboxName> Changes => [Name];

    public static Subscribe Parse(ref ImapReader reader)
    {
        reader.Space();
        var name = reader.Mailbox();
        reader.End();
        return new Subscribe(name);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        await session.User.SetSubscribedAsync(Name, true, cancellationToken);
        return Completion.Ok();
    }
}
