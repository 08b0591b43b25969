using System.Text;

namespace Backend.EfCore.Updates;

/// <summary>
/// Updates as texts that databases carry: a line that says who sent it, then a line for each update with tabs between its fields. Neither
/// names of users nor of mailboxes have control characters.
/// </summary>
static class UpdateText
{
    /// <summary>What a line begins with; another version of the program may know others.</summary>
    const string Everything = "*";
    const string EverythingOf = "U";
    const string Mailbox = "M";
    const string MailboxGone = "D";
    const string Flags = "F";
    const string Expunged = "X";

    /// <summary>Writes updates, as many into each text as it can hold. One that fits into none becomes a hint that does.</summary>
    /// <param name="sender">Who sends it: one line.</param>
    /// <param name="updates">The updates, in order.</param>
    /// <param name="maxOctets">How many octets of UTF-8 a text can have.</param>
    public static IReadOnlyList<string> Write(string sender, IReadOnlyList<Update> updates, int maxOctets)
    {
        var texts = new List<string>();
        var text = new StringBuilder(sender);
        var length = Encoding.UTF8.GetByteCount(sender);
        var first = length;
        foreach (var update in updates)
        {
            var (line, octets) = Fitting(update, maxOctets - first - 1);
            if (length > first && length + 1 + octets > maxOctets)
            {
                texts.Add(text.ToString());
                text.Clear().Append(sender);
                length = first;
            }

            text.Append('\n').Append(line);
            length += 1 + octets;
        }

        if (length > first)
            texts.Add(text.ToString());
        return texts;
    }

    /// <summary>Who sent a text.</summary>
    public static ReadOnlySpan<char> SenderOf(string text) => text.AsSpan(0, text.IndexOf('\n') is var end && end < 0 ? text.Length : end);

    /// <summary>Reads the updates that somebody waits for. A line that is not understood says that something happened: that is a hint for everybody.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isWaitedFor">Whether somebody waits for a user's updates.</param>
    public static IReadOnlyList<Update> Read(string text, Func<string, bool> isWaitedFor)
    {
        var updates = new List<Update>();
        foreach (var line in text.Split('\n').Skip(1))
        {
            var fields = line.Split('\t');
            if (fields.Length < 2)
                updates.Add(Hints.Everything());
            else if (isWaitedFor(fields[1]))
                updates.Add(Read(fields) ?? Hints.EverythingOf(fields[1]));
        }

        return updates;
    }

    static (string Line, int Octets) Fitting(Update update, int maxOctets)
    {
        foreach (var line in (string[])[Line(update), Line(Hints.WithoutMessages(update)), update.Username is { } user ? $"{EverythingOf}\t{user}" : Everything])
            if (Encoding.UTF8.GetByteCount(line) is var octets && octets <= maxOctets)
                return (line, octets);
        return (Everything, Everything.Length);
    }

    static string Line(Update update) => (update, update.Username, update.Mailbox) switch
    {
        (_, null, _) => Everything,
        (MailboxUpdate { Status: { } status }, { } user, { } mailbox) =>
            string.Create(CultureInfo.InvariantCulture, $"{Mailbox}\t{user}\t{mailbox}\t{status.Messages}\t{status.UidNext?.Value}\t{status.UidValidity?.Value}\t{status.Unseen}\t{status.HighestModSeq?.Value}"),
        (MailboxUpdate, { } user, { } mailbox) => $"{MailboxGone}\t{user}\t{mailbox}",
        (MessageUpdate change, { } user, { } mailbox) => $"{Flags}\t{user}\t{mailbox}\t{change.ModSeq}\t{change.Uids}",
        (ExpungeUpdate expunge, { } user, { } mailbox) => $"{Expunged}\t{user}\t{mailbox}\t{expunge.ModSeq}\t{expunge.Uids}",
        (_, { } user, _) => $"{EverythingOf}\t{user}",
    };

    static Update? Read(string[] fields)
    {
        if (fields.Length < 3 || !MailboxName.TryParse(fields[2], out var mailbox, out _))
            return null;
        var user = fields[1];
        return fields switch
        {
            [MailboxGone, _, _] => new MailboxUpdate { Username = user, Mailbox = mailbox },
            [Mailbox, _, _, var messages, var uidNext, var uidValidity, var unseen, var modSeq] => new MailboxUpdate
            {
                Username = user,
                Mailbox = mailbox,
                Status = Hints.Status(mailbox) with
                {
                    Messages = Number(messages),
                    UidNext = Number(uidNext) is { } next ? new Uid((uint)next) : null,
                    UidValidity = Number(uidValidity) is { } validity ? new UidValidity((uint)validity) : null,
                    Unseen = Number(unseen),
                    HighestModSeq = Number(modSeq) is { } highest ? new ModSeq(highest) : null,
                },
            },
            [Flags, _, _, var modSeq, var uids] when Number(modSeq) is { } number && Uids(uids) is { } set => new MessageUpdate { Username = user, Mailbox = mailbox, Uids = set, ModSeq = new ModSeq(number) },
            [Expunged, _, _, var modSeq, var uids] when Number(modSeq) is { } number && Uids(uids) is { } set => new ExpungeUpdate { Username = user, Mailbox = mailbox, Uids = set, ModSeq = new ModSeq(number) },
            _ => null,
        };
    }

    static long? Number(string digits) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static UidSet? Uids(string text) => UidSet.TryParse(Encoding.ASCII.GetBytes(text), out var set) ? set : null;
}
