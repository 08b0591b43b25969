namespace Imap.Server.Wire;

/// <summary>Writes LIST and LSUB responses. RFC 9051 §7.3.1; RFC 3348; RFC 6154 §2.</summary>
static class MailboxListWriter
{
    // \NonExistent and \Subscribed are words of extended LIST commands only (RFC 5258 §3), and those do not come here.
    static readonly (MailboxAttributes Attribute, string Word)[] Words =
    [
        (MailboxAttributes.NoSelect, "\\Noselect"),
        (MailboxAttributes.HasChildren, "\\HasChildren"),
        (MailboxAttributes.HasNoChildren, "\\HasNoChildren"),
    ];

    /// <summary>One name with its attributes.</summary>
    public static void MailboxList(this ImapWriter writer, ReadOnlySpan<byte> response, MailboxInfo info)
    {
        writer.Octets("* "u8).Octets(response).Octets(" ("u8);
        var separator = "";
        foreach (var (attribute, word) in Words)
            if ((info.Attributes & attribute) != 0)
            {
                writer.Atom(separator).Atom(word);
                separator = " ";
            }

        if (info.SpecialUse != SpecialUse.None)
            writer.Atom(separator).Octet('\\').Atom(info.SpecialUse.ToString());
        writer.Octets(") \"/\" "u8).Mailbox(info.Name).Crlf();
    }
}
