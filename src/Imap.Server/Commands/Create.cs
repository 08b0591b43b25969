using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Creates a mailbox, and the superiors that are missing. RFC 9051 §6.3.4; RFC 3501 §6.3.3.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>create SP mailbox</c><br/>
/// Responses: none
/// </remarks>
sealed record Create(MailboxName Name) : IImapCommand<Create>
{
    public static CommandDescriptor Descriptor { get; } = new("CREATE", SessionStates.LoggedIn);

    public static Create Parse(ref ImapReader reader)
    {
        reader.Space();
        var name = reader.Mailbox();
        reader.End();
        return new Create(name);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        await session.User.CreateMailboxAsync(Name, CreateOptions.Default, cancellationToken);
        return Completion.Ok();
    }
}
