using MimeKit.Utils;

namespace Backend.Mime.Sorting;

/// <summary>The sent date, by which messages are sorted and threaded. RFC 5256 §2.2.</summary>
static class SentDates
{
    const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /// <summary>The Date field as seconds since 1970 in UTC; null where it holds no date.</summary>
    public static long? Read(string? field)
    {
        if (field is null)
            return null;
        return DateUtils.TryParse(field, out var date) ? date.ToUnixTimeSeconds() : ReadInPart(field);
    }

    // RFC 5256 §2.2: a zone that is none is UTC, a time that is none is 00:00:00.
    static long? ReadInPart(string field)
    {
        var words = field.Split([' ', '\t', ',', '-'], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 1; i < words.Length - 1; i++)
            if (TryReadDay(words[i - 1], words[i], words[i + 1], out var day))
                return new DateTimeOffset(day, i + 2 < words.Length ? ReadTime(words[i + 2]) : TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds();
        return null;
    }

    static bool TryReadDay(string day, string month, string year, out DateOnly date)
    {
        date = default;
        var number = month.Length >= 3 ? Months.IndexOf(month[..3], StringComparison.OrdinalIgnoreCase) : -1;
        if (number < 0 || number % 3 != 0 || !TryReadNumber(day, out var d) || !TryReadNumber(year, out var y))
            return false;
        // RFC 5322 §4.3: years of two or three digits.
        y += year.Length == 2 && y < 50 ? 2000 : year.Length is 2 or 3 ? 1900 : 0;
        var m = (number / 3) + 1;
        if (y is < 1 or > 9999 || d < 1 || d > DateTime.DaysInMonth(y, m))
            return false;
        date = new DateOnly(y, m, d);
        return true;
    }

    static bool TryReadNumber(string digits, out int number) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    static TimeOnly ReadTime(string word) =>
        TimeOnly.TryParseExact(word, ["H:mm:ss", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : TimeOnly.MinValue;
}
