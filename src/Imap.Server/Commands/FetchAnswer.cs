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
    // Messages that are marked as read together, before the first of them is sent.
    const int SeenAtOnce = 200;

    static readonly FlagSet Seen = FlagSet.Of(Flag.Seen);

    readonly FetchRequest request;
    readonly ImapSession session;
    readonly SelectedMailbox selected;
    readonly FetchItem[] items;
    readonly int[] sectionOf;
    readonly FetchAttributes asked;
    readonly bool asksUid;
    bool hasUnknownEncoding;

    public FetchAnswer(FetchRequest request)
    {
        this.request = request;
        session = request.Session;
        selected = session.Selected;
        // RFC 9051 §6.4.9: the answer to a UID command always has the UID.
        items = request.ByUid && !request.Items.Exists(static item => item is UidItem) ? [new UidItem(), .. request.Items] : [.. request.Items];
        asked = items.Aggregate(FetchAttributes.None, static (attributes, item) => attributes | item.Attributes);
        asksUid = items.Any(static item => item is UidItem);
        sectionOf = new int[items.Length];
        var sections = 0;
        for (var i = 0; i < items.Length; i++)
            sectionOf[i] = items[i].Section is null ? -1 : sections++;
    }

    public async ValueTask<Completion> WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var item in items)
            await item.BeginAsync(session, cancellationToken);
        var found = 0;
        foreach (var page in SetsSeen ? Pages(request.Uids) : [request.Uids])
            if (!page.IsEmpty)
                found += await WritePageAsync(page, cancellationToken);

        // RFC 9051 §7.5.2 (BINARY): the request fails. What was asked of other messages has been answered.
        if (hasUnknownEncoding)
            return Completion.No(ResponseCode.UnknownCte, "The encoding of a part is not known here; fetch it with BODY.");
        // RFC 2180 §4.1.2: who named messages by number has to learn that some are no longer there.
        return request.Messages is SequenceSet && !request.IsSelective && found < selected.View.CountIn(request.Uids)
            ? Completion.No(ResponseCode.ExpungeIssued, "Some of the messages are no longer there")
            : Completion.Ok();
    }

    // RFC 9051 §6.4.5 (BODY[]).
    bool SetsSeen => !selected.IsReadOnly && selected.PermanentFlags.Contains(Flag.Seen) && items.Any(static item => item.SetsSeen);

    // So that a client which takes its time, or goes, has not marked all of a mailbox as read with the first octet.
    IEnumerable<UidSet> Pages(UidSet uids) =>
        selected.View.Find(uids).Select(static message => message.Uid).Chunk(SeenAtOnce).Select(static page => UidSet.From(page));

    async ValueTask<int> WritePageAsync(UidSet uids, CancellationToken cancellationToken)
    {
        var seen = await SetSeenAsync(uids, cancellationToken);
        var wanted = new FetchItems
        {
            Attributes = seen is null ? asked : asked | FetchAttributes.Flags | FetchAttributes.ModSeq,
            Sections = [.. items.Select(static item => item.Section).OfType<SectionItem>()],
        };
        var found = 0;
        await foreach (var message in request.List(uids, wanted, cancellationToken))
        {
            if (!selected.View.TryGetNumber(message.Uid, out var number))
                continue;
            if (message.Sections.Any(static section => section.IsEncodingUnknown))
            {
                hasUnknownEncoding = true;
                found++;
                continue;
            }

            if (await TryWriteAsync(message, number, seen?.Contains(message.Uid) == true, cancellationToken))
                found++;
            if (session.Writer.Pending >= ImapWriter.FlushThreshold)
                await session.Writer.FlushAsync();
        }

        return found;
    }

    // RFC 9051 §6.4.5 (BODY[]): \Seen is set, and where that changed something the flags are told too.
    async ValueTask<HashSet<Uid>?> SetSeenAsync(UidSet uids, CancellationToken cancellationToken)
    {
        if (!SetsSeen)
            return null;
        try
        {
            var data = await selected.Mailbox.UpdateMessagesFlagsAsync(uids, FlagsOperation.Add, Seen, cancellationToken);
            selected.Stored(data, inFull: true);
            return data.Changed.IsEmpty ? null : [.. data.Changed.Select(static message => message.Uid)];
        }
        catch (BackendException exception) when (exception.Error == BackendError.NoPermission)
        {
            // RFC 4314 §4 (FETCH): then it is not set, and that is all.
            return null;
        }
    }

    // RFC 7162 §3.2.4: a change is told with UID and MODSEQ to whoever wants modification sequences.
    void WriteSeen(ImapWriter writer, Message message)
    {
        if (session.TellsModSeqs && !asksUid)
            writer.Octets(" UID "u8).Number(message.Uid.Value);
        if ((asked & FetchAttributes.Flags) == 0)
            writer.Octets(" FLAGS "u8).Flags(message.Flags!);
        if (session.TellsModSeqs && (asked & FetchAttributes.ModSeq) == 0)
            writer.Octets(" MODSEQ ("u8).Number(message.ModSeq!.Value.Value).Octets(")"u8);
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

            if (becameSeen)
                WriteSeen(writer, message);
            writer.Octets(")\r\n"u8);
            if (message.ModSeq is { } modSeq)
                selected.Tell(modSeq);
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
