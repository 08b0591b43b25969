namespace Imap.Server.Wire;

/// <summary>
/// Tells a client of changes in its mailbox. It is made with or without the right to say EXPUNGE, so that nobody can say it where
/// RFC 9051 §7.5.1 forbids it.
/// </summary>
/// <param name="writer">To the client.</param>
/// <param name="mayExpunge">Whether EXPUNGE may be said now.</param>
/// <param name="withUid">Whether FETCH responses have to have the UID, as during a UID command. RFC 9051 §6.4.9.</param>
/// <param name="withModSeq">Whether FETCH responses have to have the UID and the modification sequence. RFC 7162 §3.2.4.</param>
/// <param name="byUid">Whether VANISHED is said instead of EXPUNGE. RFC 7162 §3.2.10.</param>
readonly struct UpdateWriter(ImapWriter writer, bool mayExpunge, bool withUid, bool withModSeq = false, bool byUid = false)
{
    /// <summary>Whether EXPUNGE may be said now.</summary>
    public bool MayExpunge => mayExpunge;

    /// <summary>Whether FETCH responses have the modification sequence.</summary>
    public bool WithModSeq => withModSeq;

    /// <summary>Whether it is VANISHED that is said of messages that are gone.</summary>
    public bool SaysVanished => byUid;

    /// <summary>EXISTS. RFC 9051 §7.4.1.</summary>
    public void Exists(int count) => writer.Octets("* "u8).Number(count).Octets(" EXISTS\r\n"u8);

    /// <summary>RECENT, which RFC 9051 has no more. RFC 3501 §7.3.2.</summary>
    public void Recent(int count)
    {
        if (writer.Form < ImapForm.Rev2)
            writer.Octets("* "u8).Number(count).Octets(" RECENT\r\n"u8);
    }

    /// <summary>FLAGS. RFC 9051 §7.3.5.</summary>
    public void Flags(FlagSet flags) => writer.Octets("* FLAGS "u8).Flags(flags).Crlf();

    /// <summary>PERMANENTFLAGS, where they have changed. RFC 4314 §5.1.1.</summary>
    public void PermanentFlags(FlagSet flags) => writer.UntaggedStatus("OK"u8, new ResponseCode.PermanentFlags(flags), "Flags that can be changed");

    /// <summary>EXPUNGE. RFC 9051 §7.5.1.</summary>
    public void Expunge(uint number)
    {
        if (!mayExpunge)
            throw new InvalidOperationException("EXPUNGE must not be sent while sequence numbers are in use.");
        writer.Octets("* "u8).Number(number).Octets(" EXPUNGE\r\n"u8);
    }

    /// <summary>VANISHED without EARLIER: only of messages that the client has been told of. RFC 7162 §3.2.10.2.</summary>
    public void Vanished(UidSet uids)
    {
        if (!mayExpunge)
            throw new InvalidOperationException("VANISHED must not be sent while sequence numbers are in use.");
        writer.Octets("* VANISHED "u8).Set(uids).Crlf();
    }

    /// <summary>ESEARCH that tells which results of a search have come or gone; where in their order is left to the client. RFC 5267 §4.3.2-4.3.4.</summary>
    public void SearchResults(ReadOnlySpan<byte> tag, bool areUids, ReadOnlySpan<byte> item, NumberSet set)
    {
        writer.Octets("* ESEARCH (TAG "u8).String(tag).Octet(')');
        if (areUids)
            writer.Octets(" UID"u8);
        writer.Octets(item).Octets(" (0 "u8).Set(set).Octets(")\r\n"u8);
    }

    /// <summary>HIGHESTMODSEQ: up to where the client has been told everything. RFC 7162 §3.2, §6.</summary>
    public void HighestModSeq(ModSeq modSeq) => writer.UntaggedStatus("OK"u8, new ResponseCode.HighestModSeq(modSeq), "Told up to here");

    /// <summary>FETCH with the flags of a message. RFC 9051 §7.5.2.</summary>
    public void MessageFlags(MessageFlags message, uint number)
    {
        Begin(number, message.Uid);
        writer.Octets("FLAGS "u8).Flags(message.Flags);
        if (withModSeq)
            writer.Octets(" MODSEQ ("u8).Number(message.ModSeq.Value).Octet(')');
        writer.Octets(")\r\n"u8);
    }

    /// <summary>FETCH with the modification sequence of a message, whose flags the client knows. RFC 7162 §3.1.3.</summary>
    public void MessageModSeq(MessageFlags message, uint number)
    {
        Begin(number, message.Uid);
        writer.Octets("MODSEQ ("u8).Number(message.ModSeq.Value).Octets("))\r\n"u8);
    }

    /// <summary>Lets go what is written when there is enough of it.</summary>
    public ValueTask FlushIfFullAsync() => writer.FlushIfFullAsync();

    void Begin(uint number, Uid uid)
    {
        writer.Octets("* "u8).Number(number).Octets(" FETCH ("u8);
        if (withUid || withModSeq)
            writer.Octets("UID "u8).Number(uid.Value).Space();
    }
}
