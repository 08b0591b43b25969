using System.Text;

namespace Backend.Abstractions.Model;

/// <summary>Reads the tokens that envelopes and body structures are made of. RFC 9051 §9 (nstring, number, literal).</summary>
ref struct StructureReader(ReadOnlySpan<byte> text)
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly ReadOnlySpan<byte> text = text;
    int position;

    public readonly bool AtEnd => position == text.Length;

    public readonly bool NextIs(char c) => position < text.Length && text[position] == c;

    public bool TryTake(char c)
    {
        if (!NextIs(c))
            return false;
        position++;
        return true;
    }

    public void Take(char c)
    {
        if (!TryTake(c))
            throw Fault($"expected '{c}'");
    }

    public bool TryTakeNil()
    {
        if (!text[position..].StartsWith("NIL"u8))
            return false;
        position += 3;
        return true;
    }

    public long TakeNumber()
    {
        var start = position;
        while (position < text.Length && char.IsAsciiDigit((char)text[position]))
            position++;
        return long.TryParse(text[start..position], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Fault("expected a number");
    }

    public string TakeString() => TakeNString() ?? throw Fault("expected a string, found NIL");

    public string? TakeNString()
    {
        if (TryTakeNil())
            return null;
        return NextIs('{') ? TakeLiteral() : TakeQuoted();
    }

    public readonly FormatException Fault(string what) => new($"Not an envelope or body structure: {what} at octet {position}.");

    string TakeQuoted()
    {
        Take('"');
        var content = new List<byte>();
        while (!TryTake('"'))
        {
            TryTake('\\');
            if (AtEnd)
                throw Fault("expected the end of a quoted string");
            content.Add(text[position++]);
        }

        return Decode(content.ToArray());
    }

    string TakeLiteral()
    {
        Take('{');
        var length = TakeNumber();
        Take('}');
        Take('\r');
        Take('\n');
        if (length > text.Length - position)
            throw Fault($"expected {length} octets of a literal");
        var content = text.Slice(position, (int)length);
        position += (int)length;
        return Decode(content);
    }

    static string Decode(ReadOnlySpan<byte> octets)
    {
        try
        {
            return StrictUtf8.GetString(octets);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(octets);
        }
    }
}
