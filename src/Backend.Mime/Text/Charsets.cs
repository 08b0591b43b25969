using System.Collections.Concurrent;

namespace Backend.Mime.Text;

/// <summary>Finds the charset of a text, by the names that mail uses.</summary>
static class Charsets
{
    static readonly Encoding Lenient = CreateLenient();

    // Only what was found is kept, so there are as many entries as charsets have names.
    static readonly ConcurrentDictionary<string, Encoding> Found = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The charset of this name. Without a name, for ASCII and UTF-8, and where nobody knows the name, it is UTF-8, with what is not
    /// UTF-8 read as windows-1252.
    /// </summary>
    public static Encoding Find(string? name)
    {
        if (string.IsNullOrEmpty(name) || IsAscii(name) || name.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return Lenient;
        if (Found.TryGetValue(name, out var encoding))
            return encoding;
        encoding = Create(name);
        return encoding is null ? Lenient : Found.GetOrAdd(name, encoding);
    }

    static bool IsAscii(string name) =>
        name.Equals("us-ascii", StringComparison.OrdinalIgnoreCase) || name.Equals("ascii", StringComparison.OrdinalIgnoreCase);

    static Encoding? Create(string name)
    {
        if (name.Length > 40)
            return null;
        try
        {
            return Encoding.GetEncoding(Known(name));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // Names that the runtime does not know, and sets whose name is used for the larger set that contains them.
    static string Known(string name) => name.ToLowerInvariant() switch
    {
        "utf8" or "utf-8-mac" or "unicode-1-1-utf-8" => "utf-8",
        "gb2312" or "gb_2312-80" or "gbk" or "cp936" or "x-gbk" => "gb18030",
        "latin1" or "latin-1" or "iso-8859-1" or "iso8859-1" or "iso_8859-1" or "l1" or "cp1252" or "8859-1" => "windows-1252",
        "iso-8859-8-i" or "iso-8859-8-e" => "iso-8859-8",
        "iso-8859-11" or "tis-620" or "cp874" => "windows-874",
        "ks_c_5601-1987" or "ks_c_5601" or "euc_kr" or "cp949" or "uhc" => "ks_c_5601-1987",
        "shift-jis" or "x-sjis" or "cp932" or "windows-31j" or "ms_kanji" => "shift_jis",
        "big5-hkscs" or "cp950" or "x-big5" => "big5",
        "cp1250" => "windows-1250",
        "cp1251" => "windows-1251",
        "cp1253" => "windows-1253",
        "cp1254" or "iso-8859-9" => "windows-1254",
        "cp1255" => "windows-1255",
        "cp1256" => "windows-1256",
        "cp1257" => "windows-1257",
        "cp1258" => "windows-1258",
        var known => known,
    };

    static UTF8Encoding CreateLenient()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var lenient = (UTF8Encoding)new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).Clone();
        lenient.DecoderFallback = new Windows1252Fallback();
        return lenient;
    }
}
