using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Tells the state of a mailbox without selecting it. RFC 9051 §6.3.11; RFC 3501 §6.3.10.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>status SP mailbox SP "(" status-att *(SP status-att) ")"</c><br/>
/// Responses: STATUS
/// </remarks>
sealed record Status(MailboxName Name, ImmutableArray<StatusItem> Items) : IImapCommand<Status>
{
    public static CommandDescriptor Descriptor { get; } = new("STATUS", SessionStates.LoggedIn);

    public static Status Parse(ref ImapReader reader)
    {
        reader.Space();
        var name = reader.Mailbox();
        reader.Space();
        var items = reader.StatusItems();
        reader.End();
        return new Status(name, items);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        // The handle that is selected knows what is recent to this session.
        var mailbox = await session.IsSelectedAsync(Name, cancellationToken)
            ? session.Selected.Mailbox
            : await session.User.GetMailboxAsync(Name, cancellationToken);
        await Items.AskAsync(session, cancellationToken);
        session.Writer.MailboxStatus(Name, Items, await mailbox.GetStatusAsync(Items.Asked(), cancellationToken));
        return Completion.Ok();
    }
}
