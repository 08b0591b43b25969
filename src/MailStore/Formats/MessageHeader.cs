using System.Text;

namespace MailStore.Formats;

/// <summary>The fields of a message's header, as far as an import needs to know them: by name, unfolded, octets as Latin-1. RFC 5322 §2.2.</summary>
sealed class MessageHeader
{
    /// <summary>How many octets of a message are looked at: a field behind them counts as missing.</summary>
    public const int MaxLength = 256 * 1024;

    readonly Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The first field of this name; null when there is none.</summary>
    public string? this[string name] => fields.GetValueOrDefault(name);

    /// <summary>Reads the header at the start of a message.</summary>
    public static MessageHeader Parse(ReadOnlySpan<byte> message)
    {
        var header = new MessageHeader();
        string? name = null;
        var value = new StringBuilder();
        while (!message.IsEmpty)
        {
            var end = message.IndexOf((byte)'\n');
            var line = (end < 0 ? message : message[..end]).TrimEnd((byte)'\r');
            message = end < 0 ? [] : message[(end + 1)..];
            if (line.IsEmpty)
                break;
            if (line[0] is (byte)' ' or (byte)'\t')
            {
                // RFC 5322 §2.2.3: unfolding takes away the line end and nothing else.
                value.Append(Encoding.Latin1.GetString(line));
                continue;
            }

            header.Add(name, value);
            var colon = line.IndexOf((byte)':');
            name = colon > 0 ? Encoding.Latin1.GetString(line[..colon].TrimEnd(" \t"u8)) : null;
            value.Append(Encoding.Latin1.GetString(line[(colon + 1)..]));
        }

        header.Add(name, value);
        return header;
    }

    /// <summary>Whether the line could be the first of a header: a field's name and a colon. RFC 5322 §3.6.8.</summary>
    public static bool IsFieldLine(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        return colon > 0 && !line[..colon].TrimEnd(" \t"u8).ContainsAnyExceptInRange((byte)'!', (byte)'~');
    }

    void Add(string? name, StringBuilder value)
    {
        if (name is not null)
            fields.TryAdd(name, value.ToString().Trim());
        value.Clear();
    }
}
