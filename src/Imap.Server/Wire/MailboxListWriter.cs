namespace Imap.Server.Wire;

/// <summary>Writes LIST and LSUB responses. RFC 9051 §7.3.1; RFC 5258 §3; RFC 3348; RFC 6154 §2.</summary>
static class MailboxListWriter
{
    /// <summary>The attributes that are told to whoever asks for anything. The others are words of extended LIST commands only. RFC 5258 §3.</summary>
    public const MailboxAttributes Always = MailboxAttributes.NoSelect | MailboxAttributes.HasChildren | MailboxAttributes.HasNoChildren;

    static readonly (MailboxAttributes Attribute, string Word)[] Words =
    [
        (MailboxAttributes.NonExistent, "\\NonExistent"),
        (MailboxAttributes.NoSelect, "\\Noselect"),
        (MailboxAttributes.Subscribed, "\\Subscribed"),
        (MailboxAttributes.HasChildren, "\\HasChildren"),
        (MailboxAttributes.HasNoChildren, "\\HasNoChildren"),
    ];

    /// <summary>One name with its attributes.</summary>
    public static void MailboxList(this ImapWriter writer, ReadOnlySpan<byte> response, MailboxInfo info) =>
        writer.MailboxList(response, info, Always, []);

    /// <summary>One name with the attributes that are always told, and the name by which the client knew it. RFC 9051 §6.3.9.7.</summary>
    /// <param name="writer">To the client.</param>
    /// <param name="info">The name.</param>
    /// <param name="oldName">The name that the client knows; null tells nothing of that.</param>
    public static void MailboxList(this ImapWriter writer, MailboxInfo info, string? oldName)
    {
        WriteName(writer, "LIST"u8, info, Always | MailboxAttributes.NonExistent);
        if (oldName is not null)
            writer.Octets(" (\"OLDNAME\" ("u8).Mailbox(oldName).Octets("))"u8);
        writer.Crlf();
    }

    /// <summary>One name with those of its attributes that are to be told.</summary>
    /// <param name="writer">To the client.</param>
    /// <param name="response">LIST or LSUB.</param>
    /// <param name="info">The name.</param>
    /// <param name="told">The attributes that are told where the name has them.</param>
    /// <param name="childInfo">The selection options that a name below this one meets; none tells nothing of that. RFC 5258 §3.5 (CHILDINFO).</param>
    public static void MailboxList(this ImapWriter writer, ReadOnlySpan<byte> response, MailboxInfo info, MailboxAttributes told, ReadOnlySpan<string> childInfo)
    {
        WriteName(writer, response, info, told);
        WriteChildInfo(writer, childInfo);
        writer.Crlf();
    }

    static void WriteName(ImapWriter writer, ReadOnlySpan<byte> response, MailboxInfo info, MailboxAttributes told)
    {
        writer.Octets("* "u8).Octets(response).Octets(" ("u8);
        var separator = "";
        foreach (var (attribute, word) in Words)
            if ((info.Attributes & told & attribute) != 0)
            {
                writer.Atom(separator).Atom(word);
                separator = " ";
            }

        if (!info.Name.MayHaveInferiors)
        {
            writer.Atom(separator).Octets("\\Noinferiors"u8);
            separator = " ";
        }

        if (info.SpecialUse != SpecialUse.None)
            writer.Atom(separator).Octet('\\').Atom(info.SpecialUse.ToString());
        writer.Octets(") \"/\" "u8).Mailbox(info.Name);
    }

    static void WriteChildInfo(ImapWriter writer, ReadOnlySpan<string> criteria)
    {
        if (criteria.IsEmpty)
            return;
        writer.Octets(" (\"CHILDINFO\" ("u8);
        var separator = "";
        foreach (var criterion in criteria)
        {
            writer.Atom(separator).String(criterion);
            separator = " ";
        }

        writer.Octets("))"u8);
    }
}
