using System.Globalization;

namespace MailStore.Formats;

/// <summary>
/// Dates as mail has them: the Date field of a header (RFC 5322 §3.3, §4.3) and the date of a From_ line (RFC 4155, Appendix A), which
/// have the same parts in another order.
/// </summary>
static class MailDate
{
    static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    // RFC 5322 §4.3: the names that mean something; every other one says as little as -0000.
    static readonly Dictionary<string, int> ZoneNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["EDT"] = -4,
        ["EST"] = -5,
        ["CDT"] = -5,
        ["CST"] = -6,
        ["MDT"] = -6,
        ["MST"] = -7,
        ["PDT"] = -7,
        ["PST"] = -8,
    };

    /// <summary>Reads the body of a Date field; null when it is no date.</summary>
    public static DateTimeOffset? Parse(string field) =>
        Parse(WithoutComments(field).Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Reads the words of a date, with the day on either side of the month; null when a part is missing or makes no sense.</summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<string> words)
    {
        var index = IndexOfMonth(words);
        if (index < 0)
            return null;
        var rest = words[(index + 1)..];
        if (index == 0 || !TryNumber(words[index - 1], 31, out var day))
        {
            if (rest.IsEmpty || !TryNumber(rest[0], 31, out day))
                return null;
            rest = rest[1..];
        }

        return TryTimeAndYear(rest, out var time, out var year, out var offset)
            ? Combine(year, MonthOf(words[index]), day, time, offset)
            : null;
    }

    /// <summary>Which month the word is the English name of, in full or as its first three letters; zero when of none.</summary>
    public static int MonthOf(string word) => 1 + Array.FindIndex(Months, month =>
        word.Equals(month, StringComparison.OrdinalIgnoreCase)
        || word.Equals(CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[Array.IndexOf(Months, month)], StringComparison.OrdinalIgnoreCase));

    static DateTimeOffset? Combine(int year, int month, int day, TimeSpan time, TimeSpan offset)
    {
        if (day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;
        var local = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) + time;
        var ticks = local.Ticks - offset.Ticks;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(local, offset);
    }

    // The zone stands before the year in some From_ lines and behind the time in a Date field.
    static bool TryTimeAndYear(ReadOnlySpan<string> words, out TimeSpan time, out int year, out TimeSpan offset)
    {
        (time, year, offset) = (default, 0, default);
        var timeSeen = false;
        foreach (var word in words)
        {
            if (!timeSeen && word.Contains(':', StringComparison.Ordinal))
            {
                if (!TryTime(word, out time))
                    return false;
                timeSeen = true;
            }
            else if (year == 0 && word.Length is >= 2 and <= 4 && TryNumber(word, 9999, out var number))
                year = FullYear(number, word.Length);
            else if (timeSeen && TryZone(word, out var zone))
                offset = zone;
        }

        return timeSeen && year > 0;
    }

    // RFC 5322 §4.3: two digits are 1950 to 2049, three count from 1900.
    static int FullYear(int number, int digits) => digits switch
    {
        2 when number < 50 => 2000 + number,
        2 or 3 => 1900 + number,
        _ => number,
    };

    static bool TryTime(string word, out TimeSpan time)
    {
        time = default;
        var parts = word.Split(':');
        if (parts.Length is < 2 or > 3 || !TryNumber(parts[0], 23, out var hour) || !TryNumber(parts[1], 59, out var minute))
            return false;
        var second = 0;
        if (parts.Length == 3 && !TryNumber(parts[2], 60, out second))
            return false;
        // A leap second has no place in the runtime's clock.
        time = new TimeSpan(hour, minute, Math.Min(second, 59));
        return true;
    }

    static bool TryZone(string word, out TimeSpan offset)
    {
        offset = default;
        if (word is ['+' or '-', _, _, _, _] && TryNumber(word[1..3], 99, out var hours) && TryNumber(word[3..], 59, out var minutes))
        {
            var distance = new TimeSpan(hours, minutes, 0);
            // Nowhere on earth is farther off than 14 hours; DateTimeOffset takes no more.
            if (distance <= TimeSpan.FromHours(14))
                offset = word[0] == '-' ? -distance : distance;
            return true;
        }

        if (!ZoneNames.TryGetValue(word, out var named))
            return false;
        offset = TimeSpan.FromHours(named);
        return true;
    }

    static int IndexOfMonth(ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
            if (MonthOf(words[i]) > 0)
                return i;
        return -1;
    }

    static bool TryNumber(string text, int highest, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= highest;

    // RFC 5322 §3.2.2.
    static string WithoutComments(string field)
    {
        if (!field.Contains('(', StringComparison.Ordinal))
            return field;
        var depth = 0;
        return string.Concat(field.Select(c =>
        {
            if (c == '(')
                depth++;
            var kept = depth == 0 ? c : ' ';
            if (c == ')' && depth > 0)
                depth--;
            return kept;
        }));
    }
}
