using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Changes flags. RFC 9051 §6.4.6; RFC 3501 §6.4.6; RFC 2180 §4.2.</summary>
/// <remarks>
/// States: selected.<br/>
/// Syntax: <c>["uid" SP] store SP sequence-set SP ["+" / "-"] "FLAGS" [".SILENT"] SP (flag-list / (flag *(SP flag)))</c><br/>
/// Responses: FETCH, unless .SILENT
/// </remarks>
sealed record Store(NumberSet Messages, FlagsOperation Operation, bool Silent, FlagSet Flags) : IImapCommand<Store>
{
    public static CommandDescriptor Descriptor { get; } = new("STORE", SessionStates.Selected)
    {
        UidForm = UidForm.Both,
        Updates = UpdatePolicy.HoldExpunges,
        Writes = true,
    };

    public static Store Parse(ref ImapReader reader)
    {
        reader.Space();
        var messages = reader.NumberSet();
        reader.Space();
        var operation = reader.TryTake('+') ? FlagsOperation.Add : reader.TryTake('-') ? FlagsOperation.Remove : FlagsOperation.Replace;
        if (!reader.TryWord("FLAGS"u8))
            throw reader.Expected("FLAGS");
        var silent = reader.TryWord(".SILENT"u8);
        reader.Space();
        var flags = reader.FlagListOrFlags();
        reader.End();
        return new Store(messages, operation, silent, flags);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        var selected = session.Selected;
        var uids = selected.View.ToUids(Messages);
        if (uids.IsEmpty)
            return Completion.Ok();
        var data = await selected.Mailbox.UpdateMessagesFlagsAsync(uids, Operation, Flags, cancellationToken);
        selected.Stored(data, inFull: !Silent);
        if (Silent)
            return Completion.Ok();

        var updates = new UpdateWriter(session.Writer, mayExpunge: false, withUid: Messages is UidSet);
        selected.AnnounceFlags(updates);
        var wanted = selected.View.CountIn(uids);
        var found = data.Changed.Length == wanted ? Tell(data) : await TellAllAsync();
        // RFC 2180 §4.2.2-4.2.3: who named messages by number has to learn that some are no longer there.
        return found < wanted && Messages is SequenceSet
            ? Completion.No(ResponseCode.ExpungeIssued, "Some of the messages are no longer there")
            : Completion.Ok();

        int Tell(StoreData changes)
        {
            foreach (var message in changes.Changed)
                if (selected.View.TryGetNumber(message.Uid, out var number))
                    updates.MessageFlags(number, message.Uid, message.Flags);
            return changes.Changed.Length;
        }

        // Also of those that had the flags already, the value is told "as if a FETCH of those flags was done" (RFC 3501 §6.4.6).
        async ValueTask<int> TellAllAsync()
        {
            var count = 0;
            await foreach (var message in selected.Mailbox.ListMessagesAsync(uids, FetchItems.FlagsOnly, cancellationToken))
            {
                if (!selected.View.TryGetNumber(message.Uid, out var number))
                    continue;
                updates.MessageFlags(number, message.Uid, message.Flags!);
                count++;
                await updates.FlushIfFullAsync();
            }

            return count;
        }
    }
}
