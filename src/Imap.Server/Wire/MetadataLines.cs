namespace Imap.Server.Wire;

/// <summary>METADATA responses. RFC 5464 §4.4.</summary>
static class MetadataLines
{
    /// <summary>Begins one, up to the space before the annotations.</summary>
    /// <param name="writer">To the client.</param>
    /// <param name="mailbox">Whose annotations; null for the server's.</param>
    public static ImapWriter BeginMetadata(this ImapWriter writer, MailboxName? mailbox)
    {
        writer.Octets("* METADATA "u8);
        if (mailbox is { } name)
            writer.Mailbox(name);
        else
            writer.Octets("\"\""u8);
        return writer.Space();
    }

    /// <summary>Tells which annotations have changed. RFC 5464 §4.4.2.</summary>
    /// <param name="writer">To the client.</param>
    /// <param name="mailbox">Whose annotations; null for the server's.</param>
    /// <param name="entries">Their names.</param>
    public static void ChangedMetadata(this ImapWriter writer, MailboxName? mailbox, IEnumerable<string> entries)
    {
        writer.BeginMetadata(mailbox);
        var separator = "";
        foreach (var entry in entries)
        {
            writer.Atom(separator).AString(Encoding.ASCII.GetBytes(entry));
            separator = " ";
        }

        writer.Crlf();
    }
}
