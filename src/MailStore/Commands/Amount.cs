using System.Globalization;

namespace MailStore.Commands;

/// <summary>Amounts as people read them.</summary>
static class Amount
{
    static readonly string[] Units = ["octets", "kB", "MB", "GB", "TB"];

    /// <summary>So many octets, in powers of 1,000.</summary>
    public static string OfOctets(long octets)
    {
        var value = (double)octets;
        var unit = 0;
        while (value >= 999.5 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return value.ToString(unit == 0 || value >= 99.95 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    /// <summary>So many of something.</summary>
    public static string Of(long count, string one, string many) =>
        $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? one : many)}";
}
