using System.Buffers;

namespace Backend.Mime.Grammar;

/// <summary>Writes the tokens that envelopes and body structures are made of. RFC 9051 §9.</summary>
sealed class StructureWriter
{
    // A longer string is a literal: some clients read lines into a buffer of a fixed size.
    const int MaxQuotedLength = 1000;

    static readonly SearchValues<byte> Quotable = SearchValues.Create(
        [(byte)'\t', .. Enumerable.Range(0x20, 0x5f).Select(static octet => (byte)octet)]);

    readonly ArrayBufferWriter<byte> octets = new(512);

    public ReadOnlyMemory<byte> Written => octets.WrittenSpan.ToArray();

    /// <summary>What the grammar writes in just these octets.</summary>
    public void Raw(ReadOnlySpan<byte> text) => octets.Write(text);

    public void Number(long number)
    {
        number.TryFormat(octets.GetSpan(20), out var length, provider: CultureInfo.InvariantCulture);
        octets.Advance(length);
    }

    public void NString(byte[]? text)
    {
        if (text is null)
            octets.Write("NIL"u8);
        else
            String(text);
    }

    public void String(string text) => String(Encoding.Latin1.GetBytes(text));

    /// <summary>A quoted string where each octet can stand in one, else a literal. NULs can stand in neither and are left out.</summary>
    public void String(ReadOnlySpan<byte> text)
    {
        if (text.Length <= MaxQuotedLength && !text.ContainsAnyExcept(Quotable))
            Quoted(text);
        else if (text.Contains((byte)0))
            String(text.ToArray().Where(static octet => octet != 0).ToArray());
        else
            Literal(text);
    }

    void Literal(ReadOnlySpan<byte> text)
    {
        octets.Write("{"u8);
        Number(text.Length);
        octets.Write("}\r\n"u8);
        octets.Write(text);
    }

    void Quoted(ReadOnlySpan<byte> text)
    {
        octets.Write("\""u8);
        for (var special = text.IndexOfAny("\"\\"u8); special >= 0; special = text.IndexOfAny("\"\\"u8))
        {
            octets.Write(text[..special]);
            octets.Write("\\"u8);
            octets.Write(text.Slice(special, 1));
            text = text[(special + 1)..];
        }

        octets.Write(text);
        octets.Write("\""u8);
    }
}
