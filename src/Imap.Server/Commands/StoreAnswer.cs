using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>
/// Writes the FETCH responses to one STORE. RFC 9051 §6.4.6; RFC 7162 §3.1.3: of a conditional one, and to whoever wants modification
/// sequences, they are told of what changed with .SILENT too, and of the messages that failed the condition the flags.
/// </summary>
sealed class StoreAnswer(ImapSession session, UpdateWriter updates, bool silent)
{
    static readonly FetchItems FlagsAndModSeq = new() { Attributes = FetchAttributes.Flags | FetchAttributes.ModSeq };

    readonly SelectedMailbox selected = session.Selected;

    /// <summary>Writes them.</summary>
    /// <returns>How many of the messages are there.</returns>
    public async ValueTask<int> WriteAsync(UidSet uids, ConditionalStoreData data, bool isConditional, CancellationToken cancellationToken)
    {
        selected.AnnounceFlags(updates);
        return data.Stored.Changed.Length == selected.View.CountIn(uids) || (silent && !isConditional)
            ? await WriteChangedAsync(data.Stored.Changed)
            : await WriteAllAsync(uids, data, cancellationToken);
    }

    async ValueTask<int> WriteChangedAsync(ImmutableArray<MessageFlags> changed)
    {
        foreach (var message in changed)
            await WriteAsync(message, silent);
        return changed.Length;
    }

    // Also of those that had the flags already, the value is told "as if a FETCH of those flags was done" (RFC 3501 §6.4.6).
    async ValueTask<int> WriteAllAsync(UidSet uids, ConditionalStoreData data, CancellationToken cancellationToken)
    {
        var count = 0;
        var (next, failed) = (0, 0);
        var modified = data.Modified.Ranges;
        await foreach (var message in selected.Mailbox.ListMessagesAsync(uids, FlagsAndModSeq, cancellationToken))
        {
            var told = new MessageFlags(message.Uid, message.Flags!, message.ModSeq!.Value);
            while (next < data.Stored.Changed.Length && data.Stored.Changed[next].Uid < message.Uid)
                next++;
            // What somebody else did since then is told later, with the flags.
            if (next < data.Stored.Changed.Length && data.Stored.Changed[next].Uid == message.Uid)
                told = data.Stored.Changed[next];
            while (failed < modified.Length && modified[failed].Last < message.Uid.Value)
                failed++;
            var hasFailed = failed < modified.Length && modified[failed].First <= message.Uid.Value;
            if (await WriteAsync(told, silent && !hasFailed))
                count++;
        }

        return count;
    }

    async ValueTask<bool> WriteAsync(MessageFlags message, bool withoutFlags)
    {
        if (!selected.View.TryGetNumber(message.Uid, out var number))
            return false;
        if (withoutFlags)
            updates.MessageModSeq(message, number);
        else
            updates.MessageFlags(message, number);
        selected.Tell(message.ModSeq);
        await updates.FlushIfFullAsync();
        return true;
    }
}
