using System.Globalization;
using System.Text;

namespace MailStore.Formats;

/// <summary>
/// The From_ line in front of each message of an mbox: <c>From sender Thu Jan  1 00:00:00 1970</c>. RFC 4155, Appendix A. Programs vary
/// in the rest (a zone before or behind the year, no sender, the order of a Date field or of ISO 8601), so only the parts of a date are asked for, with
/// the weekday that tells it from a sentence that begins with "From".
/// </summary>
static class FromLine
{
    /// <summary>What each From_ line begins with.</summary>
    public static ReadOnlySpan<byte> Start => "From "u8;

    /// <summary>A line longer than this is none.</summary>
    public const int MaxLength = 2048;

    const string UnknownSender = "MAILER-DAEMON";

    static readonly string[] Weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    static readonly string[] IsoFormats = ["yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>Whether the line, with or without its line end, is a From_ line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="date">Its date, in UTC unless it says otherwise; null when there is no such day or time.</param>
    public static bool TryParse(ReadOnlySpan<byte> line, out DateTimeOffset? date)
    {
        date = null;
        if (!line.StartsWith(Start) || line.Length > MaxLength)
            return false;
        var words = Encoding.Latin1.GetString(line[Start.Length..]).Split([' ', '\t', ',', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++)
        {
            var rest = words.AsSpan(i);
            if (TryIsoDate(rest, out date))
                return true;
            // The sender may be a weekday's name.
            if (!Weekdays.Contains(words[i], StringComparer.OrdinalIgnoreCase) || !IsDate(rest[1..]))
                continue;
            date = MailDate.Parse(rest[1..]);
            return true;
        }

        return false;
    }

    /// <summary>A From_ line with its LF. The date is in UTC.</summary>
    /// <param name="sender">The sender's address; null when it is not known.</param>
    /// <param name="date">When the message arrived.</param>
    public static byte[] Format(string? sender, DateTimeOffset date)
    {
        var known = sender is { Length: > 0 and < 500 } && sender.All(static c => c is > ' ' and < '\x7f');
        var day = date.UtcDateTime;
        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"From {(known ? sender : UnknownSender)} {day:ddd MMM} {day.Day,2} {day:HH:mm:ss yyyy}\n"));
    }

    static bool TryIsoDate(ReadOnlySpan<string> words, out DateTimeOffset? date)
    {
        date = null;
        if (words[0] is not [_, _, _, _, '-', ..])
            return false;
        var text = string.Join(' ', words);
        if (!DateTimeOffset.TryParseExact(text, IsoFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
            return false;
        date = parsed;
        return true;
    }

    // Month, day, time and year, near enough for one that cannot be.
    static bool IsDate(ReadOnlySpan<string> words) =>
        words.Length >= 4
        && (MailDate.MonthOf(words[0]) > 0 || MailDate.MonthOf(words[1]) > 0)
        && Any(words, static word => word.Contains(':', StringComparison.Ordinal) && char.IsAsciiDigit(word[0]))
        && Any(words, static word => word.Length == 4 && word.All(char.IsAsciiDigit));

    static bool Any(ReadOnlySpan<string> words, Func<string, bool> condition)
    {
        foreach (var word in words)
            if (condition(word))
                return true;
        return false;
    }
}
