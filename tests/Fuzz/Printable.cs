using System.Text;

namespace Fuzz.Tests;

/// <summary>Octets as a line of text that can be read, kept in a file and turned back.</summary>
static class Printable
{
    /// <summary>Writes octets: what is not printable ASCII, and the backslash, as <c>\xHH</c>.</summary>
    public static string Of(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder();
        foreach (var octet in octets)
            _ = octet is >= (byte)' ' and <= 126 and not (byte)'\\' ? text.Append((char)octet) : text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\x{octet:X2}");
        return text.ToString();
    }

    /// <summary>Reads them back.</summary>
    public static byte[] Parse(string text)
    {
        var octets = new List<byte>();
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\\')
            {
                octets.Add(Convert.ToByte(text.Substring(i + 2, 2), 16));
                i += 3;
            }
            else
            {
                octets.Add((byte)text[i]);
            }

        return [.. octets];
    }
}
