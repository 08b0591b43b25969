using Backend.Mime.Grammar;
using Backend.Mime.Structure;

namespace Backend.Mime.Text;

/// <summary>Values of parameters in the encoding <c>charset'language'percent-encoded</c>. RFC 2231 §4.</summary>
static class ExtendedValue
{
    /// <summary>Appends the decoded values of the field's parameters, so that a search finds the names of attachments.</summary>
    public static void WriteAll(ITextTarget target, HeaderField field)
    {
        if (!field.Value.Contains((byte)'*') || !(field.Is("Content-Disposition"u8) || field.Is("Content-Type"u8)))
            return;
        var unfolded = FieldValue.Unfold(field.Value);
        var reader = new FieldReader(unfolded);
        reader.TakeUntil(";"u8);
        foreach (var parameter in ParameterReader.Read(ref reader))
        {
            if (!parameter.Name.EndsWith('*'))
                continue;
            target.Append(" ");
            target.Append(Decode(parameter.Value).ReplaceLineEndings(" "));
        }
    }

    /// <summary>Decodes one value.</summary>
    public static string Decode(ReadOnlySpan<byte> value)
    {
        var first = value.IndexOf((byte)'\'');
        var second = first < 0 ? -1 : value[(first + 1)..].IndexOf((byte)'\'');
        if (second < 0)
            return Charsets.Find(null).GetString(Unescape(value));
        var charset = Encoding.Latin1.GetString(value[..first]);
        return Charsets.Find(charset).GetString(Unescape(value[(first + second + 2)..]));
    }

    static byte[] Unescape(ReadOnlySpan<byte> value)
    {
        var octets = new byte[value.Length];
        var length = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var isEscape = value[i] == (byte)'%' && i + 2 < value.Length
                && char.IsAsciiHexDigit((char)value[i + 1]) && char.IsAsciiHexDigit((char)value[i + 2]);
            octets[length++] = isEscape ? byte.Parse(value.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : value[i];
            i += isEscape ? 2 : 0;
        }

        return octets[..length];
    }
}
