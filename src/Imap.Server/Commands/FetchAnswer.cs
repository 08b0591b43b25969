using Imap.Server.Diagnostics;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>
/// Writes the FETCH responses to one FETCH, message by message as the backend gives them, so that no answer is in memory as a whole.
/// RFC 9051 §7.5.2.
/// </summary>
sealed class FetchAnswer
{
    static readonly FlagSet Seen = FlagSet.Of(Flag.Seen);

    readonly ImapSession session;
    readonly SelectedMailbox selected;
    readonly NumberSet messages;
    readonly FetchItem[] items;
    readonly int[] sectionOf;
    readonly bool asksFlags;

    public FetchAnswer(ImapSession session, NumberSet messages, ImmutableArray<FetchItem> asked)
    {
        this.session = session;
        this.messages = messages;
        selected = session.Selected;
        // RFC 9051 §6.4.9: the answer to a UID command always has the UID.
        items = messages is UidSet && !asked.Any(static item => item is UidItem) ? [new UidItem(), .. asked] : [.. asked];
        asksFlags = asked.Any(static item => (item.Attributes & FetchAttributes.Flags) != 0);
        sectionOf = new int[items.Length];
        var sections = 0;
        for (var i = 0; i < items.Length; i++)
            sectionOf[i] = items[i].Section is null ? -1 : sections++;
    }

    public async ValueTask<Completion> WriteAsync(CancellationToken cancellationToken)
    {
        var uids = selected.View.ToUids(messages);
        if (uids.IsEmpty)
            return Completion.Ok();
        var seen = await SetSeenAsync(uids, cancellationToken);
        var wanted = new FetchItems
        {
            Attributes = items.Aggregate(seen is null ? FetchAttributes.None : FetchAttributes.Flags, static (attributes, item) => attributes | item.Attributes),
            Sections = [.. items.Select(static item => item.Section).OfType<SectionItem>()],
        };
        var found = 0;
        await foreach (var message in selected.Mailbox.ListMessagesAsync(uids, wanted, cancellationToken))
        {
            if (!selected.View.TryGetNumber(message.Uid, out var number))
                continue;
            if (await TryWriteAsync(message, number, seen?.Contains(message.Uid) == true, cancellationToken))
                found++;
            if (session.Writer.Pending >= ImapWriter.FlushThreshold)
                await session.Writer.FlushAsync();
        }

        // RFC 2180 §4.1.2: who named messages by number has to learn that some are no longer there.
        return messages is SequenceSet && found < selected.View.CountIn(uids)
            ? Completion.No(ResponseCode.ExpungeIssued, "Some of the messages are no longer there")
            : Completion.Ok();
    }

    // RFC 9051 §6.4.5 (BODY[]): \Seen is set, and where that changed something the flags are told too.
    async ValueTask<HashSet<Uid>?> SetSeenAsync(UidSet uids, CancellationToken cancellationToken)
    {
        if (selected.IsReadOnly || !items.Any(static item => item.SetsSeen))
            return null;
        var data = await selected.Mailbox.UpdateMessagesFlagsAsync(uids, FlagsOperation.Add, Seen, cancellationToken);
        selected.Stored(data, inFull: true);
        return data.Changed.IsEmpty ? null : [.. data.Changed.Select(static message => message.Uid)];
    }

    // False when the message went away before its first octet was sent.
    async ValueTask<bool> TryWriteAsync(Message message, uint number, bool becameSeen, CancellationToken cancellationToken)
    {
        var writer = session.Writer;
        var mark = writer.Mark;
        try
        {
            writer.Octets("* "u8).Number(number).Octets(" FETCH ("u8);
            for (var i = 0; i < items.Length; i++)
            {
                if (i > 0)
                    writer.Space();
                var content = sectionOf[i] < 0 ? null : message.Sections[sectionOf[i]].Content;
                await items[i].WriteAsync(writer, message, content, cancellationToken);
            }

            if (becameSeen && !asksFlags)
                writer.Octets(" FLAGS "u8).Flags(message.Flags!);
            writer.Octets(")\r\n"u8);
            return true;
        }
        catch (BackendException exception) when (exception.Error == BackendError.Expunged && writer.TryRollback(mark))
        {
            return false;
        }
        catch (Exception exception) when (exception is not (ConnectionEndException or IOException or OperationCanceledException))
        {
            if (writer.TryRollback(mark))
                throw;
            // Half an answer is out, and what the client expects now cannot be given.
            session.Logger.CutOff(exception, message.Uid.Value);
            throw ConnectionEndException.CutOff();
        }
    }
}
