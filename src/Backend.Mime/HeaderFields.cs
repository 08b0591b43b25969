using System.Buffers;
using System.Collections.Frozen;
using Backend.Mime.Structure;

namespace Backend.Mime;

/// <summary>Fields of a header, octet by octet as they stand in it. RFC 9051 §6.4.5.1 (HEADER.FIELDS).</summary>
public static class HeaderFields
{
    /// <summary>The most octets that <see cref="ParsedMessage.CommonHeaderFields"/> has.</summary>
    public const int MaxCommonLength = 256 * 1024;

    // What clients ask for when they list a mailbox: Thunderbird, mutt and neomutt, Apple Mail, Outlook, K-9, Delta Chat, Roundcube,
    // SnappyMail, mbsync, Evolution, MailKit's summaries.
    static readonly FrozenSet<string> Common = new[]
    {
        "Date", "Subject", "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Message-ID", "In-Reply-To", "References", "Newsgroups",
        "Followup-To", "Return-Path", "Delivered-To", "X-Original-To", "Envelope-To",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-Description", "Content-Class",
        "Content-Language", "Priority", "X-Priority", "X-MSMail-Priority", "X-MSOESRec", "Importance", "Precedence", "X-Mailer",
        "User-Agent", "Lines", "X-Label", "X-Keywords", "Keywords", "Comments", "Organization", "Status", "X-Status", "X-Ref",
        "List-ID", "List-Post", "List-Help", "List-Archive", "List-Owner", "List-Subscribe", "List-Unsubscribe", "List-Unsubscribe-Post",
        "Mailing-List", "X-Mailing-List", "X-BeenThere", "X-Loop",
        "Mail-Followup-To", "Mail-Reply-To", "Disposition-Notification-To", "Return-Receipt-To", "X-Confirm-Reading-To", "Auto-Submitted",
        "X-Draft-Info", "X-Identity-Key", "X-Account-Key", "X-K9mail-Identity", "X-TUID", "X-Uniform-Type-Identifier",
        "X-Universally-Unique-Identifier", "X-Apple-Mail-Remote-Attachments", "X-Spam-Status", "X-Spam-Flag", "X-Spam-Level",
        "X-Spam-Score", "Chat-Version", "Chat-Group-ID", "Autocrypt-Setup-Message", "Secure-Join", "Thread-Topic", "Thread-Index",
        "X-GM-THRID", "X-Forefront-Antispam-Report", "X-MS-Has-Attach", "X-Attachments", "X-Evolution", "X-Calendar-Attachment",
        "Resent-Date", "Resent-From", "Resent-Sender", "Resent-To", "Resent-Cc", "Resent-Message-ID",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> CommonNames = Common.GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly int MaxCommonNameLength = Common.Max(static name => name.Length);

    internal static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>
    /// Picks the fields of a header that have one of the names, or all others, as they stand with their folding, in their order, and
    /// puts the empty line behind them. A line without a field's name belongs to no name. A field with a line end of its own keeps
    /// it; only the very last one, where it has none, gets one. RFC 9051 §6.4.5.1.
    /// </summary>
    /// <param name="header">A header, with or without the empty line at its end; lines may end with LF alone.</param>
    /// <param name="names">The names, in any case.</param>
    /// <param name="not">Whether the fields of all other names are wanted: HEADER.FIELDS.NOT.</param>
    public static byte[] Select(ReadOnlySpan<byte> header, ImmutableArray<string> names, bool not)
    {
        var selected = new ArrayBufferWriter<byte>(Math.Min(header.Length, 1024) + LineEnd.Length);
        while (!header.IsEmpty && !IsEmptyLine(header))
        {
            var raw = header[..FieldLength(header)];
            header = header[raw.Length..];
            if (Matches(new HeaderField(raw), names) == not)
                continue;
            selected.Write(raw);
            if (!raw.EndsWith("\n"u8))
                selected.Write(LineEnd);
        }

        selected.Write(LineEnd);
        return selected.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Whether <see cref="ParsedMessage.CommonHeaderFields"/>, unless it is empty, answers HEADER.FIELDS of these names as the whole
    /// header would. It never answers HEADER.FIELDS.NOT.
    /// </summary>
    public static bool CoveredByCommon(ImmutableArray<string> names)
    {
        foreach (var name in names)
            if (!Common.Contains(name))
                return false;
        return true;
    }

    internal static bool IsCommon(ReadOnlySpan<byte> name)
    {
        if (name.Length > MaxCommonNameLength)
            return false;
        Span<char> characters = stackalloc char[name.Length];
        return Ascii.ToUtf16(name, characters, out _) == OperationStatus.Done && CommonNames.Contains(characters);
    }

    static bool IsEmptyLine(ReadOnlySpan<byte> header) => header[0] == (byte)'\n' || header.StartsWith(LineEnd);

    // The line and those after it that begin with white space.
    static int FieldLength(ReadOnlySpan<byte> header)
    {
        for (var length = 0; ;)
        {
            var line = header[length..].IndexOf((byte)'\n');
            if (line < 0)
                return header.Length;
            length += line + 1;
            if (length == header.Length || header[length] is not ((byte)' ' or (byte)'\t'))
                return length;
        }
    }

    static bool Matches(HeaderField field, ImmutableArray<string> names)
    {
        if (field.Name.IsEmpty)
            return false;
        foreach (var name in names)
            if (Ascii.EqualsIgnoreCase(field.Name, name))
                return true;
        return false;
    }
}
