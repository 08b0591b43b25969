using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Reads the section of BODY[...] and what may follow it. RFC 9051 §9 (section, partial).</summary>
static class SectionGrammar
{
    const int MaxPartLevels = 1_000;

    /// <summary>Reads <c>section [partial]</c>.</summary>
    public static SectionFetchItem Read(ref ImapReader reader, bool setsSeen)
    {
        reader.Take('[');
        var section = ReadSection(ref reader);
        reader.Take(']');
        return new SectionFetchItem(Name(section), new SectionItem(section, ReadPartial(ref reader)), setsSeen);
    }

    /// <summary>Reads <c>[partial]</c>; null where there is none.</summary>
    public static SectionPartial? ReadPartial(ref ImapReader reader)
    {
        if (!reader.TryTake('<'))
            return null;
        var offset = reader.Number64();
        reader.Take('.');
        if (reader.NextIs('0'))
            throw reader.Expected("a number above 0");
        var partial = new SectionPartial(offset, reader.Number64());
        reader.Take('>');
        return partial;
    }

    /// <summary>Reads <c>section-binary</c>: a part's number or nothing, in brackets. RFC 9051 §9.</summary>
    public static Section ReadPart(ref ImapReader reader)
    {
        reader.Take('[');
        var part = ImmutableArray<int>.Empty;
        if (!reader.NextIs(']') && ReadNumbers(ref reader, out part))
            throw reader.Expected("a part");
        reader.Take(']');
        return new Section { Part = part };
    }

    /// <summary>Reads <c>section-spec</c>, which ends at a bracket.</summary>
    public static Section ReadSection(ref ImapReader reader)
    {
        if (reader.NextIs(']'))
            return Section.Whole;
        return ReadNumbers(ref reader, out var part) ? ReadText(ref reader, part) : new Section { Part = part };
    }

    // True when a text has to follow: behind a dot, or where there are no numbers.
    static bool ReadNumbers(ref ImapReader reader, out ImmutableArray<int> part)
    {
        var numbers = ImmutableArray.CreateBuilder<int>();
        var hasText = true;
        while (hasText && !reader.AtEnd && char.IsAsciiDigit((char)reader.Rest[0]))
        {
            var number = reader.NonZeroNumber();
            numbers.Add(number <= int.MaxValue && numbers.Count < MaxPartLevels ? (int)number : throw reader.Expected("a part that can be"));
            hasText = reader.TryTake('.');
        }

        part = numbers.DrainToImmutable();
        return hasText;
    }

    static Section ReadText(ref ImapReader reader, ImmutableArray<int> part)
    {
        if (reader.TryWord("HEADER.FIELDS.NOT"u8))
            return new Section { Part = part, Text = SectionText.HeaderFieldsNot, Fields = ReadFields(ref reader) };
        if (reader.TryWord("HEADER.FIELDS"u8))
            return new Section { Part = part, Text = SectionText.HeaderFields, Fields = ReadFields(ref reader) };
        if (reader.TryWord("HEADER"u8))
            return new Section { Part = part, Text = SectionText.Header };
        if (reader.TryWord("TEXT"u8))
            return new Section { Part = part, Text = SectionText.Text };
        // MIME has to have a part in front.
        return part.Length > 0 && reader.TryWord("MIME"u8)
            ? new Section { Part = part, Text = SectionText.Mime }
            : throw reader.Expected("a section");
    }

    static ImmutableArray<string> ReadFields(ref ImapReader reader)
    {
        reader.Space();
        reader.Take('(');
        var fields = ImmutableArray.CreateBuilder<string>();
        do
            fields.Add(reader.AStringText("a header field"));
        while (reader.TryTake(' '));
        reader.Take(')');
        return fields.DrainToImmutable();
    }

    // What the answer calls the section: as the client wrote it, but that words are in capitals and strings only where they have to be.
    static byte[] Name(Section section)
    {
        var name = new StringBuilder("BODY[").Append(section with { Fields = [] });
        if (section.Fields.IsEmpty)
            return Encoding.ASCII.GetBytes(name.Append(']').ToString());
        var octets = new List<byte>(Encoding.ASCII.GetBytes(name.Append(" (").ToString()));
        for (var i = 0; i < section.Fields.Length; i++)
        {
            if (i > 0)
                octets.Add((byte)' ');
            octets.AddRange(EncodeField(section.Fields[i]));
        }

        return [.. octets, (byte)')', (byte)']'];
    }

    static byte[] EncodeField(string field)
    {
        var octets = Encoding.UTF8.GetBytes(field);
        if (octets.Length > 0 && !octets.AsSpan().ContainsAnyExcept(Grammar.AStringChars))
            return octets;
        return octets.AsSpan().ContainsAnyExceptInRange((byte)' ', (byte)'~')
            ? [.. Encoding.ASCII.GetBytes($"{{{octets.Length}}}\r\n"), .. octets]
            : Encoding.ASCII.GetBytes($"\"{field.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
    }
}
