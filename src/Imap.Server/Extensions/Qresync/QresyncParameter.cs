using Imap.Server.Extensions.Condstore;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Qresync;

/// <summary>
/// SELECT (QRESYNC (uidvalidity modseq [known-uids [(numbers uids)]])): what happened since the client was here last. RFC 7162 §3.2.5.
/// </summary>
/// <param name="uidValidity">The UIDVALIDITY that the client knows.</param>
/// <param name="since">Up to which modification sequence it knows everything.</param>
/// <param name="known">Which messages it knows; null for all.</param>
/// <param name="match">A sample of what it knows; null for none.</param>
sealed class QresyncParameter(uint uidValidity, ModSeq since, UidSet? known, SequenceMatch? match) : SelectParameter
{
    static readonly FetchItems FlagsAndModSeq = new() { Attributes = FetchAttributes.Flags | FetchAttributes.ModSeq };

    /// <summary>Reads its value.</summary>
    public static QresyncParameter Read(ref ImapReader reader)
    {
        QresyncExtension.Require(reader);
        reader.Space();
        reader.Take('(');
        var uidValidity = reader.NonZeroNumber();
        var since = reader.ModSeq();
        UidSet? known = null;
        SequenceMatch? match = null;
        // RFC 7162 §7 (select-param): the sample may come without the known UIDs.
        if (reader.TryTake(' ') && !reader.NextIs('('))
        {
            known = ReadKnown(ref reader);
            if (reader.TryTake(' '))
                match = SequenceMatch.Read(ref reader);
        }
        else if (reader.NextIs('('))
        {
            match = SequenceMatch.Read(ref reader);
        }

        reader.Take(')');
        return new QresyncParameter(uidValidity, since, known, match);
    }

    public override async ValueTask OpenedAsync(ImapSession session, SelectData data, CancellationToken cancellationToken)
    {
        if (data.UidValidity.Value != uidValidity)
            return;
        var selected = session.Selected;
        var mailbox = (IQresyncMailbox)selected.Mailbox;
        var asked = known ?? UidSet.All;
        if (since < data.HighestModSeq)
        {
            var unsure = match?.FindLast(selected.View) is { } sure ? asked.Intersect(UidSet.Between(new Uid(sure.Value), Uid.MaxValue), Uid.MaxValue) : asked;
            await EarlierVanished.WriteAsync(session, await mailbox.ListVanishedAsync(unsure, since, cancellationToken));
        }

        var updates = session.Updates(mayExpunge: false, withUid: true);
        await foreach (var message in mailbox.ListChangedMessagesAsync(selected.View.ToUids(asked), since, FlagsAndModSeq, cancellationToken))
            if (selected.View.TryGetNumber(message.Uid, out var number))
            {
                updates.MessageFlags(new MessageFlags(message.Uid, message.Flags!, message.ModSeq!.Value), number);
                await updates.FlushIfFullAsync();
            }
    }

    static UidSet ReadKnown(ref ImapReader reader)
    {
        var expected = reader.Expected("a set of UIDs without *");
        var set = reader.UidSet();
        return SequenceMatch.HasStar(set) ? throw expected : set;
    }
}
