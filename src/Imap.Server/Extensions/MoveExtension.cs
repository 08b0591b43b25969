using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>MOVE. RFC 6851; RFC 9051 §6.4.8.</summary>
sealed class MoveExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Requires<IMoveMailbox>("MOVE");
        registry.Capability("MOVE", SessionStates.LoggedIn);
        registry.Command<Move>();
    }

    /// <summary>Moves messages to the end of a mailbox. RFC 6851 §3.3; RFC 2180 §4.4.1; RFC 7162 §3.2.</summary>
    /// <remarks>
    /// States: selected.<br/>
    /// Syntax: <c>["UID" SP] "MOVE" SP sequence-set SP mailbox</c><br/>
    /// Responses: OK with COPYUID, then EXPUNGE or VANISHED
    /// </remarks>
    sealed record Move(NumberSet Messages, MailboxName Destination) : IImapCommand<Move>
    {
        public static CommandDescriptor Descriptor { get; } = new("MOVE", SessionStates.Selected)
        {
            UidForm = UidForm.Both,
            Writes = true,
            HasDestination = true,
        };

        public IReadOnlyCollection<MailboxName> Changes => [Destination];

        public static Move Parse(ref ImapReader reader)
        {
            reader.Space();
            var messages = reader.NumberSet();
            reader.Space();
            var destination = reader.Mailbox();
            reader.End();
            return new Move(messages, destination);
        }

        public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            var selected = session.Selected;
            var mailbox = (IMoveMailbox)selected.Mailbox;
            var data = await selected.TransferAsync(Messages, uids => mailbox.MoveMessagesAsync(uids, Destination, cancellationToken), cancellationToken);
            if (data.Copied.Source.IsEmpty)
                return Completion.Ok(null, "There was nothing to move");
            // RFC 6851 §4.3: untagged and before the EXPUNGEs, so that the client knows what goes where before it goes.
            session.Writer.UntaggedStatus("OK"u8, new ResponseCode.CopyUid(data.Copied), "Moved");
            return session.Expunged(data.Expunged);
        }
    }
}
