namespace Imap.Server.Wire;

/// <summary>Reads the two forms of dates that commands have. RFC 9051 §9 (date, date-time).</summary>
static class ImapDates
{
    static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>date: a day, quoted or not.</summary>
    public static DateOnly Date(this ref ImapReader reader)
    {
        var text = reader.AStringText("a date");
        if (TryDay(text, out var day))
            return day;
        throw new ImapSyntaxException($"Expected a date such as 1-Feb-2026 before octet {reader.Position + 1}.");
    }

    /// <summary>date-time: a quoted moment with its offset from UTC.</summary>
    public static DateTimeOffset DateTimeOffset(this ref ImapReader reader)
    {
        var text = reader.Decode(reader.String("a date and time"));
        // "dd-Mmm-yyyy hh:mm:ss +hhmm", whose day may begin with a space.
        if (text.Length == 26 && text[11] == ' ' && text[20] == ' '
            && TryDay(text[..11].TrimStart(' '), out var day) && TryTime(text[12..20], out var time) && TryZone(text[21..], out var zone)
            && TryMake(day, time, zone) is { } moment)
            return moment;
        throw new ImapSyntaxException($"Expected a date and time such as \"01-Feb-2026 09:05:03 +0100\" before octet {reader.Position + 1}.");
    }

    static DateTimeOffset? TryMake(DateOnly day, TimeSpan time, TimeSpan zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue).Ticks + time.Ticks;
        var utc = local - zone.Ticks;
        return utc >= DateTime.MinValue.Ticks && utc <= DateTime.MaxValue.Ticks && local <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(local, zone)
            : null;
    }

    static bool TryDay(string text, out DateOnly date)
    {
        date = default;
        var parts = text.Split('-');
        if (parts.Length != 3 || parts[0].Length is 0 or > 2 || parts[2].Length != 4)
            return false;
        if (!TryDigits(parts[0], out var day) || !TryMonth(parts[1], out var month) || !TryDigits(parts[2], out var year))
            return false;
        if (year < 1 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        date = new DateOnly(year, month, day);
        return true;
    }

    // A leap second (23:59:60) is the first second of what follows.
    static bool TryTime(string text, out TimeSpan time)
    {
        time = default;
        if (text[2] != ':' || text[5] != ':')
            return false;
        if (!TryDigits(text[..2], out var hour) || !TryDigits(text[3..5], out var minute) || !TryDigits(text[6..], out var second))
            return false;
        time = new TimeSpan(hour, minute, second);
        return hour <= 23 && minute <= 59 && second <= 60;
    }

    static bool TryZone(string text, out TimeSpan zone)
    {
        zone = default;
        if (text[0] is not ('+' or '-') || !TryDigits(text[1..3], out var hours) || !TryDigits(text[3..], out var minutes) || minutes > 59)
            return false;
        zone = new TimeSpan(hours, minutes, 0);
        if (text[0] == '-')
            zone = -zone;
        return zone.Duration() <= TimeSpan.FromHours(14);
    }

    static bool TryMonth(string text, out int month)
    {
        month = Array.FindIndex(Months, name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) + 1;
        return month > 0;
    }

    static bool TryDigits(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
