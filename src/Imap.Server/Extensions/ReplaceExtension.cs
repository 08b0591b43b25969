using Imap.Server.Appending;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>REPLACE: a new message in the place of another. RFC 8508.</summary>
sealed class ReplaceExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Requires<IReplaceMailbox>("REPLACE");
        registry.Capability("REPLACE", SessionStates.LoggedIn);
        registry.Command<Replace>();
    }

    /// <summary>
    /// Appends a message and removes one of the selected mailbox, both or neither. As with APPEND, what can be refused is refused before the client
    /// is asked for the message. RFC 8508 §3.2-3.4, §4.2-4.3.
    /// </summary>
    /// <remarks>
    /// States: selected.<br/>
    /// Syntax: <c>["UID" SP] "REPLACE" SP seq-number SP mailbox append-message</c><br/>
    /// Responses: OK with APPENDUID, then EXPUNGE
    /// </remarks>
    sealed record Replace(NumberSet Message, MailboxName Destination, ParseContext Context, AppendHead Head, int Position) : IImapCommand<Replace>
    {
        public static CommandDescriptor Descriptor { get; } = new("REPLACE", SessionStates.Selected)
        {
            UidForm = UidForm.Both,
            Writes = true,
            HasDestination = true,
            StreamedLiteral = IsMessage,
        };

        public static Replace Parse(ref ImapReader reader)
        {
            reader.Space();
            var expected = reader.Expected("the number of one message");
            var message = reader.NumberSet();
            if (message.Ranges is not [{ } range] || range.First != range.Last)
                throw expected;
            reader.Space();
            var destination = reader.Mailbox();
            var head = AppendHead.Read(ref reader);
            return new Replace(message, destination, reader.Context, head, reader.Position);
        }

        public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            var data = await session.Selected.TransferAsync(Message, uids => ReplaceAsync(session, uids, cancellationToken), cancellationToken);
            // RFC 8508 §4.3: untagged and before the EXPUNGE, so that the client knows what comes before it learns what has gone.
            session.Writer.UntaggedStatus("OK"u8, new ResponseCode.AppendUid(data.Appended), "Replaced");
            return session.Expunged(data.Expunged);
        }

        async Task<ReplaceData> ReplaceAsync(ImapSession session, UidSet uids, CancellationToken cancellationToken)
        {
            if (session.Selected.View.CountIn(uids) == 0)
                throw new CommandRefusedException(ResponseCode.NonExistent, "There is no such message to be replaced.");
            await session.User.GetMailboxAsync(Destination, cancellationToken);
            var messages = new ArrivingMessages(session, Context, Head, Position, max: 1) { IsAlone = true };
            await using var reading = messages.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            await reading.MoveNextAsync();
            return await ((IReplaceMailbox)session.Selected.Mailbox).ReplaceMessageAsync(new Uid(uids.Ranges[0].First), Destination, reading.Current, cancellationToken);
        }

        // The first literal is the mailbox's name where only a number stands in front.
        static bool IsMessage(ReadOnlySpan<byte> arguments)
        {
            if (arguments.Length < 2 || arguments[1..].IndexOf((byte)' ') is var end && (end < 0 || end == arguments.Length - 2))
                return false;
            return arguments[1..].Trim((byte)' ').Count((byte)' ') < 2 || !CommandText.IsUrl(arguments);
        }
    }
}
