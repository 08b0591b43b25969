namespace Imap.Server.Sasl;

/// <summary>Messages of mechanisms that are text. RFC 4422 §5; RFC 3629.</summary>
static class SaslText
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads one.</summary>
    /// <exception cref="ImapSyntaxException">It is no text.</exception>
    public static string Decode(ReadOnlySpan<byte> octets)
    {
        try
        {
            return StrictUtf8.GetString(octets);
        }
        catch (DecoderFallbackException)
        {
            throw new ImapSyntaxException("The SASL message is not UTF-8.");
        }
    }
}
