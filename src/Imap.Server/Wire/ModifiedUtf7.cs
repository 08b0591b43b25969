using System.Buffers;

namespace Imap.Server.Wire;

/// <summary>
/// The modified UTF-7 in which RFC 3501 §5.1.3 writes mailbox names. It takes the one right form of a name only: what decodes
/// also encodes to the same octets again, so no two spellings name one mailbox.
/// </summary>
static class ModifiedUtf7
{
    const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

    /// <summary>Writes text, which is well-formed UTF-16.</summary>
    public static byte[] Encode(string text)
    {
        var encoded = new ArrayBufferWriter<byte>(text.Length + 8);
        for (var i = 0; i < text.Length;)
        {
            if (IsDirect(text[i]))
            {
                encoded.Write(text[i] == '&' ? "&-"u8 : [(byte)text[i]]);
                i++;
                continue;
            }

            var end = i;
            while (end < text.Length && !IsDirect(text[end]))
                end++;
            EncodeShifted(text.AsSpan(i, end - i), encoded);
            i = end;
        }

        return encoded.WrittenSpan.ToArray();
    }

    /// <summary>Reads a name.</summary>
    /// <param name="octets">The name as the client wrote it.</param>
    /// <param name="text">The name as text.</param>
    /// <param name="fault">What is wrong with it, as a sentence for people.</param>
    public static bool TryDecode(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out string? text, [NotNullWhen(false)] out string? fault)
    {
        text = null;
        var decoded = new StringBuilder(octets.Length);
        for (var i = 0; i < octets.Length;)
        {
            var c = (char)octets[i++];
            if (!IsDirect(c))
            {
                fault = $"The mailbox name has the octet 0x{(int)c:X2}: names are printable ASCII, and anything else is written in modified UTF-7 (RFC 3501 5.1.3).";
                return false;
            }

            if (c != '&')
            {
                decoded.Append(c);
                continue;
            }

            var end = octets[i..].IndexOf((byte)'-');
            fault = end < 0
                ? "The mailbox name has a & whose - is missing; a plain & is written &- (RFC 3501 5.1.3)."
                : DecodeShifted(octets.Slice(i, end), decoded);
            if (fault is not null)
                return false;
            i += end + 1;
            if (end > 0 && octets[i..] is [(byte)'&', not (byte)'-', ..])
            {
                fault = "The mailbox name leaves modified UTF-7 and enters it again at once (RFC 3501 5.1.3).";
                return false;
            }
        }

        fault = null;
        text = decoded.ToString();
        return true;
    }

    static bool IsDirect(char c) => c is >= ' ' and <= '~';

    static void EncodeShifted(ReadOnlySpan<char> text, ArrayBufferWriter<byte> encoded)
    {
        encoded.Write("&"u8);
        var bits = 0;
        var count = 0;
        foreach (var unit in text)
        {
            bits = (bits << 16) | unit;
            for (count += 16; count >= 6; count -= 6)
                encoded.Write([(byte)Digits[(bits >> (count - 6)) & 63]]);
            bits &= (1 << count) - 1;
        }

        if (count > 0)
            encoded.Write([(byte)Digits[(bits << (6 - count)) & 63]]);
        encoded.Write("-"u8);
    }

    // Appends what stands between & and -, and returns what is wrong with it.
    static string? DecodeShifted(ReadOnlySpan<byte> shifted, StringBuilder decoded)
    {
        if (shifted.IsEmpty)
        {
            decoded.Append('&');
            return null;
        }

        var bits = 0;
        var count = 0;
        var start = decoded.Length;
        foreach (var digit in shifted)
        {
            var value = Digits.IndexOf((char)digit, StringComparison.Ordinal);
            if (value < 0)
                return $"The mailbox name has 0x{digit:X2} between & and -, where only modified base64 may stand (RFC 3501 5.1.3).";
            bits = (bits << 6) | value;
            count += 6;
            if (count < 16)
                continue;
            count -= 16;
            var unit = (char)(bits >> count);
            if (IsDirect(unit))
                return $"The mailbox name writes \"{unit}\" in base64, though it can stand for itself (RFC 3501 5.1.3).";
            decoded.Append(unit);
            bits &= (1 << count) - 1;
        }

        return count >= 6 || bits != 0
            ? "The mailbox name has base64 that does not end where a character ends (RFC 3501 5.1.3)."
            : FaultOfSurrogates(decoded, start);
    }

    static string? FaultOfSurrogates(StringBuilder decoded, int start)
    {
        for (var i = start; i < decoded.Length; i++)
        {
            if (!char.IsSurrogate(decoded[i]))
                continue;
            if (i + 1 == decoded.Length || !char.IsSurrogatePair(decoded[i], decoded[i + 1]))
                return "The mailbox name has half a surrogate pair and is not Unicode text.";
            i++;
        }

        return null;
    }
}
