using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>In which charsets SEARCH takes its strings. RFC 9051 §6.4.4; RFC 3501 §6.4.4.</summary>
static class SearchCharsets
{
    /// <summary>
    /// Where the client names none. RFC 3501 §6.4.4 has US-ASCII then, RFC 9051 §6.4.4 UTF-8, which is the same as long as it is ASCII.
    /// </summary>
    public static Encoding Default { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Finds a charset by its name.</summary>
    /// <exception cref="CommandRefusedException">There is no such charset here: NO [BADCHARSET].</exception>
    public static Encoding Find(string name)
    {
        if (name.Equals("US-ASCII", StringComparison.OrdinalIgnoreCase) || name.Equals("UTF-8", StringComparison.OrdinalIgnoreCase))
            return Default;
        try
        {
            var strict = (new EncoderExceptionFallback(), new DecoderExceptionFallback());
            var found = CodePagesEncodingProvider.Instance.GetEncoding(name, strict.Item1, strict.Item2) ?? Encoding.GetEncoding(name, strict.Item1, strict.Item2);
            // A string of the protocol has no NUL, so what needs two octets for a letter cannot be written in it.
            if (found.GetByteCount("a") == 1)
                return found;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw Refused(name);
        }

        throw Refused(name);
    }

    static CommandRefusedException Refused(string name) => new(new ResponseCode.BadCharset(), $"The charset {name} is not known here.");
}
