using System.Globalization;

namespace MailStore.Formats;

/// <summary>
/// The flags of a message in an mbox, which mail programs keep in its header: Status and X-Status (mutt, Pine, Dovecot), X-Keywords
/// (Dovecot), X-Mozilla-Status (Thunderbird).
/// </summary>
static class StatusFields
{
    /// <summary>The flags that the header tells of.</summary>
    public static FlagSet Read(MessageHeader header)
    {
        var flags = new List<Flag>();
        foreach (var c in header["Status"] + header["X-Status"])
        {
            switch (c)
            {
                case 'R':
                    flags.Add(Flag.Seen);
                    break;
                case 'A':
                    flags.Add(Flag.Answered);
                    break;
                case 'F':
                    flags.Add(Flag.Flagged);
                    break;
                case 'D':
                    flags.Add(Flag.Deleted);
                    break;
                case 'T':
                    flags.Add(Flag.Draft);
                    break;
            }
        }

        foreach (var word in (header["X-Keywords"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (Flag.TryParse(word, out var keyword) && !keyword.IsSystem)
                flags.Add(keyword);
        AddMozilla(flags, header["X-Mozilla-Status"]);
        return FlagSet.Of(flags);
    }

    static void AddMozilla(List<Flag> flags, string? status)
    {
        if (!int.TryParse(status, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var bits))
            return;
        (int Bit, Flag Flag)[] known =
        [
            (0x0001, Flag.Seen), (0x0002, Flag.Answered), (0x0004, Flag.Flagged), (0x0008, Flag.Deleted), (0x1000, Flag.Parse("$Forwarded")),
        ];
        flags.AddRange(known.Where(entry => (bits & entry.Bit) != 0).Select(static entry => entry.Flag));
    }
}
