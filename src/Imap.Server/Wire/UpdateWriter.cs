namespace Imap.Server.Wire;

/// <summary>
/// Tells a client of changes in its mailbox. It is made with or without the right to say EXPUNGE, so that nobody can say it where
/// RFC 9051 §7.5.1 forbids it.
/// </summary>
/// <param name="writer">To the client.</param>
/// <param name="mayExpunge">Whether EXPUNGE may be said now.</param>
/// <param name="withUid">Whether FETCH responses have to have the UID, as during a UID command. RFC 9051 §6.4.9.</param>
readonly struct UpdateWriter(ImapWriter writer, bool mayExpunge, bool withUid)
{
    /// <summary>Whether EXPUNGE may be said now.</summary>
    public bool MayExpunge => mayExpunge;

    /// <summary>EXISTS. RFC 9051 §7.4.1.</summary>
    public void Exists(int count) => writer.Octets("* "u8).Number(count).Octets(" EXISTS\r\n"u8);

    /// <summary>RECENT. RFC 3501 §7.3.2.</summary>
    public void Recent(int count) => writer.Octets("* "u8).Number(count).Octets(" RECENT\r\n"u8);

    /// <summary>FLAGS. RFC 9051 §7.3.5.</summary>
    public void Flags(FlagSet flags) => writer.Octets("* FLAGS "u8).Flags(flags).Crlf();

    /// <summary>EXPUNGE. RFC 9051 §7.5.1.</summary>
    public void Expunge(uint number)
    {
        if (!mayExpunge)
            throw new InvalidOperationException("EXPUNGE must not be sent while sequence numbers are in use.");
        writer.Octets("* "u8).Number(number).Octets(" EXPUNGE\r\n"u8);
    }

    /// <summary>FETCH with the flags of a message. RFC 9051 §7.5.2.</summary>
    public void MessageFlags(uint number, Uid uid, FlagSet flags)
    {
        writer.Octets("* "u8).Number(number).Octets(" FETCH ("u8);
        if (withUid)
            writer.Octets("UID "u8).Number(uid.Value).Space();
        writer.Octets("FLAGS "u8).Flags(flags).Octets(")\r\n"u8);
    }

    /// <summary>Lets go what is written when there is enough of it.</summary>
    public ValueTask FlushIfFullAsync() => writer.FlushIfFullAsync();
}
