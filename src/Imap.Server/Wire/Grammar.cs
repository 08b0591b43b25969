using System.Buffers;

namespace Imap.Server.Wire;

/// <summary>The character classes of RFC 9051 §9 and RFC 3501 §9.</summary>
static class Grammar
{
    const string AtomSigns = "!#$&'+,-./:;<=>?@[^_`|}~";
    const string Alphanumerics = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>ATOM-CHAR: any CHAR but atom-specials.</summary>
    public static readonly SearchValues<byte> AtomChars = SearchValues.Create(Encoding.ASCII.GetBytes(Alphanumerics + AtomSigns));

    /// <summary>ASTRING-CHAR: ATOM-CHAR and <c>]</c>.</summary>
    public static readonly SearchValues<byte> AStringChars = SearchValues.Create(Encoding.ASCII.GetBytes(Alphanumerics + AtomSigns + "]"));

    /// <summary>list-char: ASTRING-CHAR and the wildcards.</summary>
    public static readonly SearchValues<byte> ListChars = SearchValues.Create(Encoding.ASCII.GetBytes(Alphanumerics + AtomSigns + "]%*"));

    /// <summary>tag: ASTRING-CHAR but not <c>+</c>.</summary>
    public static readonly SearchValues<byte> TagChars = SearchValues.Create(Encoding.ASCII.GetBytes(Alphanumerics + AtomSigns.Replace("+", "", StringComparison.Ordinal) + "]"));

    /// <summary>The control characters of ASCII.</summary>
    public static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(static c => (byte)c), 0x7F]);

    /// <summary>What a sequence-set is made of.</summary>
    public static readonly SearchValues<byte> SetChars = SearchValues.Create("0123456789:,*"u8);

    /// <summary>What a quoted string can hold as it is: printable ASCII but the two quoted-specials.</summary>
    public static readonly SearchValues<byte> PlainQuotedChars = SearchValues.Create(
        [.. Enumerable.Range(' ', 0x7F - ' ').Select(static c => (byte)c).Where(static c => c is not ((byte)'"' or (byte)'\\'))]);
}
