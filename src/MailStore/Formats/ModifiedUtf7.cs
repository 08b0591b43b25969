using System.Text;

namespace MailStore.Formats;

/// <summary>
/// Mailbox names in the form of RFC 3501 §5.1.3, which is also how the folders of a Maildir are named. In a folder's name the hierarchy
/// delimiter is a dot, so a dot of the name itself is written in base64 as well; every reader decodes it.
/// </summary>
static class ModifiedUtf7
{
    /// <summary>Writes a name, with dots encoded.</summary>
    public static string Encode(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length;)
        {
            var end = i;
            while (end < name.Length && IsEncoded(name[end]))
                end++;
            if (end > i)
                text.Append('&').Append(Base64(name[i..end])).Append('-');
            else
                text.Append(name[end++] is var c && c == '&' ? "&-" : c.ToString());
            i = end;
        }

        return text.ToString();
    }

    /// <summary>Reads a name; one that is not in this form is given back as it stands.</summary>
    public static string Decode(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != '&')
            {
                text.Append(name[i]);
                continue;
            }

            var end = name.IndexOf('-', i);
            if (end < 0 || (end > i + 1 && !TryAppend(text, name[(i + 1)..end])))
                return name;
            if (end == i + 1)
                text.Append('&');
            i = end;
        }

        return text.ToString();
    }

    static bool IsEncoded(char c) => c is < ' ' or > '~' or '.';

    static string Base64(string run) =>
        Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(run)).TrimEnd('=').Replace('/', ',');

    static bool TryAppend(StringBuilder text, string base64)
    {
        var padded = base64.Replace(',', '/') + new string('=', (4 - (base64.Length % 4)) % 4);
        var octets = new byte[padded.Length];
        if (!Convert.TryFromBase64String(padded, octets, out var length) || length % 2 != 0)
            return false;
        text.Append(Encoding.BigEndianUnicode.GetString(octets, 0, length));
        return true;
    }
}
