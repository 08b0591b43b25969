using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Copies messages to the end of a mailbox, all or none. RFC 9051 §6.4.7; RFC 3501 §6.4.7; RFC 4315 §3; RFC 2180 §4.4.1.</summary>
/// <remarks>
/// States: selected.<br/>
/// Syntax: <c>["uid" SP] copy SP sequence-set SP mailbox</c><br/>
/// Responses: none; COPYUID in the tagged OK
/// </remarks>
sealed record Copy(NumberSet Messages, MailboxName Destination) : IImapCommand<Copy>
{
    public static CommandDescriptor Descriptor { get; } = new("COPY", SessionStates.Selected) { UidForm = UidForm.Both, HasDestination = true };

    public IReadOnlyCollection<MailboxName> Changes => [Destination];

    public static Copy Parse(ref ImapReader reader)
    {
        reader.Space();
        var messages = reader.NumberSet();
        reader.Space();
        var destination = reader.Mailbox();
        reader.End();
        return new Copy(messages, destination);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        var selected = session.Selected;
        var data = await selected.TransferAsync(Messages, uids => selected.Mailbox.CopyMessagesAsync(uids, Destination, cancellationToken), cancellationToken);
        return data.Source.IsEmpty
            ? Completion.Ok(null, "There was nothing to copy")
            : Completion.Ok(new ResponseCode.CopyUid(data));
    }
}
